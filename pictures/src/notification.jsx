// The lock screen: what a member reads before opening anything.
import './notification.css';

import { asPlain, parse } from './mrkdwn.jsx';

export function Notification({ picture }) {
  const { platform, payload, author, locale, now, zone } = picture;
  const discord = platform === 'discord';
  const channel = picture.channel ?? '#lectures';
  const app = discord ? 'Discord' : 'Slack';
  const title = discord ? `${author} (${channel})` : channel;
  const said = discord ? payload.content ?? '' : `${author}: ${asPlain(parse(payload.text ?? '', { verbatim: true }))}`;
  const text = said.trim() || '—';
  const one = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(now);
  const when = locale.startsWith('ja') ? '今' : 'now';
  return (
    <div className="lock">
      <div className="day">{one({ weekday: 'long', month: 'long', day: 'numeric' })}</div>
      <div className="clock">{one({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })}</div>
      <div className="caption">iOS · {app}</div>
      <div className="card">
        <i className={platform} />
        <div><div className="row"><b>{title}</b><span>{when}</span></div><div className="text four">{text}</div></div>
      </div>
      <div className="caption">Android · {app}</div>
      <div className="card android">
        <i className={platform} />
        <div><div className="row"><span>{app} · {when}</span></div><b>{title}</b><div className="text one">{text.replace(/\n+/g, ' ')}</div></div>
      </div>
    </div>
  );
}
