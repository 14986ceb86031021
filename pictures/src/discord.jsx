import '@skyra/discord-components-core';
import './discord.css';

import { avatar, imageSource, NotDrawn } from './common.jsx';
import { restyle } from './discord-parts.js';
import { Inline, Markdown } from './markdown.jsx';
import { posted } from './times.js';

restyle();

const WORDS = {
  en: { used: (who, what) => <>{who} used {what}</>, only: 'Only you can see this', dismiss: 'Dismiss message', member: 'Hana', choose: 'Make a selection', app: 'APP' },
  ja: { used: (who, what) => <>{who}さんが{what}を使用しました</>, only: 'これらはあなただけに表示されています', dismiss: 'メッセージを削除する', member: '花子', choose: '選択してください', app: 'アプリ' },
};
const EPHEMERAL = 1 << 6;
const BUTTONS = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive', 5: 'secondary' };

export function Discord({ picture }) {
  const { payload, author, command, now } = picture;
  const words = WORDS[picture.locale.slice(0, 2)] ?? WORDS.en;
  const ephemeral = picture.ephemeral ?? Boolean(payload.flags & EPHEMERAL);
  const files = [...(payload.attachments ?? []), ...(payload.files ?? [])].map((file) => (typeof file === 'string' ? { filename: file } : file));
  return (
    <discord-messages lightTheme={picture.theme === 'light'}>
      <discord-message author={author} bot avatar={picture.avatar ?? avatar(author, '#3b6fd4')} timestamp={posted(now, picture)}>
        {command && <Command slot="reply" user={picture.user ?? words.member} command={command} words={words} />}
        {payload.content && <span className="markdown"><Markdown text={payload.content} reader={picture} /></span>}
        {files.map(({ filename, name = filename, size }) => <File key={name} name={name} size={size} />)}
        {(payload.embeds ?? []).map((embed, key) => <Embed key={key} embed={embed} picture={picture} />)}
        {(payload.components ?? []).map((part, key) => <Component key={key} part={part} picture={picture} words={words} slot="components" />)}
        {ephemeral && <Ephemeral slot="reactions" words={words} />}
      </discord-message>
    </discord-messages>
  );
}

function Command({ slot, user, command, words }) {
  const who = <><img src={avatar(user, '#7a8a3c')} alt="" /><b>{user}</b></>;
  return <div slot={slot} className="command">{words.used(who, <span className="name">{command.startsWith('/') ? command : `/${command}`}</span>)}</div>;
}

const Ephemeral = ({ slot, words }) => (
  <div slot={slot} className="ephemeral">
    <svg width="16" height="16" viewBox="0 0 24 24" fill="currentColor"><path d="M12 5C6 5 2.5 10.2 1.6 11.6a.8.8 0 0 0 0 .8C2.5 13.8 6 19 12 19s9.5-5.2 10.4-6.6a.8.8 0 0 0 0-.8C21.5 10.2 18 5 12 5Zm0 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9Zm0-2.3a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z" /></svg>
    {words.only} • <a>{words.dismiss}</a>
  </div>
);

function Embed({ embed, picture }) {
  const { title, url, author, description, fields = [], image, thumbnail, footer, timestamp } = embed;
  const small = [footer?.text, timestamp && posted(new Date(timestamp), picture)].filter(Boolean).join(' • ');
  return (
    <discord-embed slot="embeds" color={color(embed.color)}
      image={image && imageSource(image.url)} thumbnail={thumbnail && imageSource(thumbnail.url)}>
      {author && <div slot="description" className="embed-author">{author.icon_url && <img src={imageSource(author.icon_url, '')} alt="" />}{author.name}</div>}
      {title && <div slot="description" className="embed-title">{url ? <a href={url}><Inline text={title} reader={picture} /></a> : <Inline text={title} reader={picture} />}</div>}
      {description && <div slot="description" className="embed-description markdown"><Markdown text={description} reader={picture} /></div>}
      {fields.length > 0 && <div slot="fields" className="embed-fields">{spans(fields, picture.phone).map(({ name, value, span }, key) => (
        <div key={key} className="markdown" style={{ gridColumn: `span ${span}` }}>
          <div className="field-name"><Inline text={name} reader={picture} /></div>
          <Markdown text={value} reader={picture} />
        </div>
      ))}</div>}
      {small && <div slot="footer" className="embed-footer">{footer?.icon_url && <img src={imageSource(footer.icon_url, '')} alt="" />}{small}</div>}
    </discord-embed>
  );
}

/** Inline fields share a row of 12 by threes or twos; on the phone each has its own. */
function spans(fields, phone) {
  const drawn = [];
  for (let at = 0; at < fields.length;) {
    let run = 1;
    while (!phone && fields[at].inline && run < 3 && fields[at + run]?.inline) run += 1;
    for (const field of fields.slice(at, at + run)) drawn.push({ ...field, span: 12 / run });
    at += run;
  }
  return drawn;
}

/** A row of buttons or, in the newer layout, a text, a section, a line or a container of them. */
function Component({ part, picture, words, slot }) {
  const inner = () => part.components.map((one, key) => <Component key={key} part={one} picture={picture} words={words} />);
  switch (part.type) {
    case 1: return <discord-action-row slot={slot}>{part.components.map((one, key) => <Part key={key} part={one} words={words} />)}</discord-action-row>;
    case 9: return <div className="section"><div>{inner()}</div><discord-action-row><Part part={part.accessory} words={words} /></discord-action-row></div>;
    case 10: return <div slot={slot && ''} className="text markdown"><Markdown text={part.content} reader={picture} /></div>;
    case 14: return <hr slot={slot && ''} />;
    case 17: return <div slot={slot && ''} className="container" style={{ borderLeftColor: color(part.accent_color) }}>{inner()}</div>;
    default: return <NotDrawn slot={slot} what={`component of type ${part.type}`} />;
  }
}

const color = (number) => (number == null ? undefined : `#${number.toString(16).padStart(6, '0')}`);

function Part({ part, words }) {
  const emoji = (one) => one?.name && `${one.name}\u2009 `;
  if (part.type === 2) {
    return <discord-button class={`style-${part.style}`} type={BUTTONS[part.style]} url={part.url} disabled={part.disabled}>{emoji(part.emoji)}{part.label}</discord-button>;
  }
  if (part.type >= 3 && part.type <= 8) {
    const chosen = part.options?.find((option) => option.default);
    return <discord-string-select-menu class={chosen ? 'chosen' : ''} disabled={part.disabled}
      placeholder={chosen ? `${emoji(chosen.emoji) ?? ''}${chosen.label}` : part.placeholder ?? words.choose} />;
  }
  return <NotDrawn what={`component of type ${part.type}`} />;
}

const File = ({ name, size }) => (
  <discord-file-attachment slot="attachments" name={name} bytes={size && Number((size / 1024).toFixed(1))} bytesUnit={size && 'KB'} />
);
