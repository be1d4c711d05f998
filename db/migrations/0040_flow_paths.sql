-- locks: brief
-- Who looks back at flows: those of a period, how long answers took, and the turns that few conversations take.
SET ROLE balcao_owner;
-- With all that is counted of them: their rows hold their state and are many pages. What is included changes only when
-- the phase does, which is in a predicate already.
CREATE INDEX flow_runs_begun ON flow_runs (account_id, flow_id, started_at) INCLUDE (id, number, phase, end_reason, ended_at);
CREATE INDEX flow_trace_answers ON flow_trace (account_id, flow_id, at) INCLUDE (run_id, number, card, type, answered_ms)
    WHERE event = 'leave' AND answered_ms IS NOT NULL;
CREATE INDEX flow_trace_turns ON flow_trace (account_id, at) INCLUDE (run_id, event, reason)
    WHERE event = 'interrupt' OR outlet = 'exhausted';
RESET ROLE;
