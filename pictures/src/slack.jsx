import 'slack-blocks-to-jsx/dist/style.css';
import './slack.css';

import { Message } from 'slack-blocks-to-jsx';

import { avatar, imageSource } from './common.jsx';
import { Mrkdwn, plain } from './mrkdwn.jsx';
import { posted, slackTime } from './times.js';

const WORDS = {
  en: { only: 'Only visible to you', app: 'APP', member: 'Hana', choose: 'Choose an option' },
  ja: { only: 'あなただけに表示されています', app: 'アプリ', member: '花子', choose: 'オプションを選択' },
};
const OURS = 'ours';

export function Slack({ picture }) {
  const { payload, author, command, theme, now } = picture;
  const words = WORDS[picture.locale.slice(0, 2)] ?? WORDS.en;
  const time = posted(now, picture);
  const ephemeral = picture.ephemeral ?? payload.response_type === 'ephemeral';
  const user = picture.user ?? words.member;
  return (
    <>
      {command && !ephemeral && <Frame name={user} logo={avatar(user, '#7a8a3c')} time={time}>{command.startsWith('/') ? command : `/${command}`}</Frame>}
      <Frame name={author} logo={picture.avatar ?? avatar(author, '#611f69')} time={time} badge={words.app} only={ephemeral && words.only}>
        {payload.blocks?.length ? <Blocks blocks={payload.blocks} picture={picture} theme={theme} words={words} /> : <Mrkdwn text={payload.text ?? ''} reader={picture} />}
      </Frame>
    </>
  );
}

const Frame = ({ name, logo, time, badge, only, children }) => (
  <div className="message">
    {only && <div className="only"><svg width="14" height="14" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5"><path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z" /><circle cx="10" cy="10" r="2.5" /></svg>{only}</div>}
    <img className="logo" src={logo} alt="" />
    <div className="body">
      <div className="head"><b>{name}</b>{badge && <span className="badge">{badge}</span>}<time>{time}</time></div>
      {children}
    </div>
  </div>
);

function Blocks({ blocks, picture, theme, words }) {
  const texts = [];
  const hooks = {
    date: ({ timestamp, format }) => {
      if (format !== OURS) return slackTime(new Date(timestamp * 1000), format, picture);
      const { type, text, emoji, verbatim } = texts[timestamp];
      return type === 'mrkdwn' ? <Mrkdwn text={text} verbatim={verbatim} reader={picture} /> : plain(text, emoji !== false);
    },
  };
  return <Message withoutWrapper theme={theme} name="" logo="" hooks={hooks} blocks={prepare(blocks, texts, words)} />;
}

/** The library lays the blocks out; their texts pass it as numbered dates, which its date hook hands back to us. */
function prepare(value, texts, words) {
  if (Array.isArray(value)) return value.map((one) => prepare(one, texts, words));
  if (!value || typeof value !== 'object') return value;
  if ((value.type === 'mrkdwn' || value.type === 'plain_text') && typeof value.text === 'string') {
    return { type: 'mrkdwn', text: `<!date^${texts.push(value) - 1}^${OURS}|?>` };
  }
  const ready = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'options' ? one : prepare(one, texts, words)]));
  if (value.type === 'static_select') {
    const shown = value.initial_option?.text ?? value.placeholder ?? { type: 'plain_text', text: words.choose };
    return { ...ready, placeholder: prepare(shown, texts, words), initial_option: undefined };
  }
  if (value.type === 'image' && value.title) ready.title = { ...value.title, text: plain(value.title.text) }; // drawn raw
  if (value.image_url) ready.image_url = imageSource(value.image_url, value.alt_text);
  if (value.type === 'button') delete ready.confirm;
  return ready;
}
