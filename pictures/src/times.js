// How the two platforms write moments, in the reader's language and zone.

const ja = (locale) => locale.startsWith('ja');

function parts(date, zone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
}

function names(date, { locale, zone }) {
  const one = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(date);
  return { weekday: one({ weekday: 'long' }), month: one({ month: 'long' }), shortMonth: one({ month: 'short' }) };
}

export function clock(date, { locale, zone }, seconds = false) {
  const { hour, minute, second } = parts(date, zone);
  const tail = seconds ? `:${minute}:${second}` : `:${minute}`;
  if (ja(locale)) return `${hour}${tail}`;
  return `${hour % 12 || 12}${tail} ${hour < 12 ? 'AM' : 'PM'}`;
}

const dayNumber = (date, zone) => {
  const { year, month, day } = parts(date, zone);
  return Date.UTC(year, month - 1, day) / 864e5;
};
const daysFromNow = (date, { zone, now }) => dayNumber(date, zone) - dayNumber(now, zone);

/** Discord's <t:…:style>. */
export function discordTime(date, style, reader) {
  const { year, month, day } = parts(date, reader.zone);
  const name = names(date, reader);
  const time = clock(date, reader);
  const short = ja(reader.locale) ? `${year}/${month}/${day}` : `${+month}/${+day}/${year}`;
  const long = ja(reader.locale) ? `${year}年${+month}月${+day}日` : `${name.month} ${+day}, ${year}`;
  const join = ja(reader.locale) ? ' ' : ' at ';
  switch (style) {
    case 't': return time;
    case 'T': return clock(date, reader, true);
    case 'd': return short;
    case 'D': return long;
    case 's': return `${short}${ja(reader.locale) ? ' ' : ', '}${time}`;
    case 'S': return `${short}${ja(reader.locale) ? ' ' : ', '}${clock(date, reader, true)}`;
    case 'F': return ja(reader.locale) ? `${long} ${name.weekday} ${time}` : `${name.weekday}, ${long}${join}${time}`;
    case 'R': return relative(date, reader);
    default: return `${long}${join}${time}`;
  }
}

/** With the thresholds of moment.js, which Discord keeps to. */
function relative(date, { locale, now }) {
  const seconds = (date - now) / 1000;
  const size = Math.abs(seconds);
  const [count, unit] = [
    [45, 1, 'second'], [2700, 60, 'minute'], [79200, 3600, 'hour'], [2246400, 86400, 'day'], [27648000, 2629800, 'month'], [Infinity, 31557600, 'year'],
  ].filter(([below]) => size < below).map(([, length, name]) => [Math.max(1, Math.round(size / length)), name])[0];
  const text = new Intl.RelativeTimeFormat(locale).format(seconds < 0 ? -count : count, unit).replace(/(\d)\s(?=\p{Script=Han}|か)/u, '$1');
  return text.replace(/\b1 (hour)/, 'an $1').replace(/\b1 (minute|day|month|year)/, 'a $1');
}

/** The time that stands beside the author's name. */
export function posted(date, reader) {
  const days = daysFromNow(date, reader);
  const time = clock(date, reader);
  if (days === 0) return time;
  if (days === -1) return ja(reader.locale) ? `昨日 ${time}` : `Yesterday at ${time}`;
  return discordTime(date, 's', reader);
}

/** Slack's <!date^…^format|fallback>. */
export function slackTime(date, format, reader) {
  const { year, month, day } = parts(date, reader.zone);
  const name = names(date, reader);
  const jp = ja(reader.locale);
  const ordinal = `${+day}${(+day < 11 || +day > 13) && ['st', 'nd', 'rd'][day % 10 - 1] || 'th'}`;
  const date_ = jp ? `${year}年${+month}月${+day}日` : `${name.month} ${ordinal}, ${year}`;
  const long = jp ? `${date_}(${name.weekday})` : `${name.weekday}, ${date_}`;
  const short = jp ? date_ : `${name.shortMonth} ${+day}, ${year}`;
  const near = { '-1': jp ? '昨日' : 'yesterday', 0: jp ? '今日' : 'today', 1: jp ? '明日' : 'tomorrow' }[daysFromNow(date, reader)];
  const tokens = {
    date_num: `${year}-${month}-${day}`,
    date_slash: jp ? `${year}/${month}/${day}` : `${month}/${day}/${year}`,
    date: date_, date_long: long, date_long_full: long, date_short: short,
    date_pretty: near ?? date_, date_long_pretty: near ?? long, date_short_pretty: near ?? short, day_divider_pretty: near ?? long,
    time: clock(date, reader), time_secs: clock(date, reader, true), ago: relative(date, reader),
  };
  const text = format.replace(/\{(\w+)\}/g, (whole, token) => tokens[token] ?? whole);
  return /^\{\w+_pretty\}/.test(format) ? text[0].toUpperCase() + text.slice(1) : text;
}
