-- Sends the requests of a file, one after the other, and says at the end how it went.
-- arguments: the file (requests as bytes, NUL after each), "once" or "again and again"
local requests, next_one, once = {}, 0, false

function init(args)
   local file = assert(io.open(args[1], "rb"))
   for request in file:read("*a"):gmatch("([^%z]+)%z") do
      requests[#requests + 1] = request
   end
   file:close()
   once = args[2] == "once"
end

function request()
   next_one = next_one + 1
   if next_one > #requests then
      -- What may only be sent once is never repeated, even if the machine was faster than expected.
      if once then
         wrk.thread:stop()
      end
      next_one = 1
   end
   return requests[next_one]
end

function done(summary, latency)
   local failed = summary.errors
   io.write(string.format('{"requests":%d,"us":%d,"p50_us":%d,"p95_us":%d,"p99_us":%d,"refused":%d,"broken":%d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99), failed.status,
      failed.connect + failed.read + failed.write + failed.timeout))
end
