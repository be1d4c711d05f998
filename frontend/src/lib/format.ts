/**
 * Dates, durations, sizes and phones in one place, always in the account's time zone. Built once
 * per language and zone, because Intl objects are slow to make.
 */
export type Format = ReturnType<typeof makeFormat>;

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

const MINUS = '\u2212';

type Words = {
  now: string;
  today: string;
  yesterday: string;
};

export function makeFormat(language: string, zone: string, words: Words) {
  const intl = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, ...options });

  const clock = intl({ hour: '2-digit', minute: '2-digit', hour12: false });
  const weekday = intl({ weekday: 'short' });
  const dayMonth = intl({ day: '2-digit', month: '2-digit' });
  const fullDate = intl({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const longDay = intl({ weekday: 'long', day: 'numeric', month: 'long' });
  const longWeekday = intl({ weekday: 'long' });
  const exact = intl({ dateStyle: 'full', timeStyle: 'long' });
  /* A day of the calendar is no instant: it is the same in every zone. */
  const calendar = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });
  const dayKey = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const integer = new Intl.NumberFormat(language);

  /** Calendar days between two instants, counted in the account's zone. */
  const daysApart = (from: Date, to: Date) =>
    Math.round((Date.parse(dayKey.format(to)) - Date.parse(dayKey.format(from))) / (DAY_S * 1000));

  /** The instant at which a day of the calendar (2026-08-12) begins in the account's zone. */
  function startOfDay(day: string) {
    const midnight = Date.parse(`${day}T00:00:00Z`);
    const wallClock = (at: number) => Date.parse(`${wall.format(at).replace(' ', 'T')}Z`);
    const guess = 2 * midnight - wallClock(midnight);
    /* The zone's clock may have been moved between the guess and midnight in London. */
    return new Date(guess + midnight - wallClock(guess)).toISOString();
  }

  const time = (iso: string) => clock.format(new Date(iso));

  /** One short word for a list: 14:32, ontem, qua, 12/08, 12/08/2025. */
  function moment(iso: string, now = new Date()) {
    const at = new Date(iso);
    const days = daysApart(at, now);
    if (days <= 0) return clock.format(at);
    if (days === 1) return words.yesterday;
    if (days < 7) return weekday.format(at).replace('.', '');
    return dayKey.format(at).slice(0, 4) === dayKey.format(now).slice(0, 4)
      ? dayMonth.format(at)
      : fullDate.format(at);
  }

  /** The same with its hour: 14:32, ontem 14:32, 12/08 14:32. */
  function timed(iso: string, now = new Date()) {
    const short = moment(iso, now);
    const at = time(iso);
    return short === at ? at : `${short} ${at}`;
  }

  /** Of what is to come: 16:00, qua 08:00, 12/08 08:00. */
  function upcoming(iso: string, now = new Date()) {
    const at = new Date(iso);
    const days = daysApart(now, at);
    if (days <= 0) return clock.format(at);
    const day = days < 7 ? weekday.format(at).replace('.', '') : dayMonth.format(at);
    return `${day} ${clock.format(at)}`;
  }

  /** Title of a day in the thread. */
  function day(iso: string, now = new Date()) {
    const at = new Date(iso);
    const days = daysApart(at, now);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    return days < 7 ? longDay.format(at) : fullDate.format(at);
  }

  /** What is to come: how many days from now, and how that day is called. */
  function coming(iso: string, now = new Date()) {
    const at = new Date(iso);
    const days = daysApart(now, at);
    return { days, day: days < 7 ? longWeekday.format(at) : dayMonth.format(at) };
  }

  /** agora, 40 s, 9 min, 1 h 05, 3 d; late ones carry a minus sign. */
  function duration(seconds: number) {
    const s = Math.abs(Math.trunc(seconds));
    const sign = seconds < 0 ? MINUS : '';
    if (s < 10) return words.now;
    if (s < MINUTE_S) return `${sign}${s} s`;
    if (s < HOUR_S) return `${sign}${Math.floor(s / MINUTE_S)} min`;
    if (s < DAY_S) {
      const minutes = Math.floor((s % HOUR_S) / MINUTE_S);
      return `${sign}${Math.floor(s / HOUR_S)} h ${String(minutes).padStart(2, '0')}`;
    }
    return `${sign}${Math.floor(s / DAY_S)} d`;
  }

  /** 0:23, 12:40: the length of a recording. */
  const playTime = (seconds: number) => {
    const s = Math.max(0, Math.round(seconds));
    return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
  };

  function bytes(size: number) {
    if (size < 1000) return `${integer.format(size)} B`;
    if (size < 1e6) return `${integer.format(Math.round(size / 1000))} kB`;
    if (size < 1e9) return `${decimal.format(size / 1e6)} MB`;
    return `${decimal.format(size / 1e9)} GB`;
  }

  return {
    zone,
    time,
    moment,
    timed,
    upcoming,
    day,
    duration,
    playTime,
    bytes,
    /** 12/08/2026, past or to come. */
    date: (iso: string) => fullDate.format(new Date(iso)),
    startOfDay,
    coming,
    /** 2026-12-25 → sex., 25/12/2026 */
    calendarDay: (day: string) => calendar.format(new Date(`${day}T00:00:00Z`)),
    /** 2026-12-25T10:00, as a field of date and time wants it. */
    wall: (iso: string) => wall.format(new Date(iso)).replace(' ', 'T').slice(0, 16),
    dayKey: (iso: string) => dayKey.format(new Date(iso)),
    exact: (iso: string) => exact.format(new Date(iso)),
    number: (value: number) => integer.format(value),
    /** America/Sao_Paulo → Horário Padrão de Brasília */
    zoneName: (of: string) =>
      new Intl.DateTimeFormat(language, { timeZone: of, timeZoneName: 'longGeneric' })
        .formatToParts()
        .find(({ type }) => type === 'timeZoneName')?.value ?? of,
  };
}

/** +55 (49) 9 8841-2076; numbers of other countries are only grouped after the plus. */
export function phone(digits: string) {
  const bare = digits.replace(/\D/g, '');
  const brazil = /^55(\d{2})(9?)(\d{4})(\d{4})$/.exec(bare);
  if (!brazil) return bare.length > 6 ? `+${bare}` : bare;
  const [, area, nine, left, right] = brazil;
  return `+55 (${area}) ${nine ? `${nine} ` : ''}${left}-${right}`;
}
