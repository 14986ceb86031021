import './fonts.css';
import './page.css';

import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { Discord } from './discord.jsx';
import { Notification } from './notification.jsx';
import { Slack } from './slack.jsx';
import { Terminal } from './terminal.jsx';

const PLATFORMS = { discord: Discord, slack: Slack, terminal: Terminal };
const WIDTHS = { 'phone-notification': 390 };
let root;

/** Draws one picture into #stage and gives back what could not be drawn. */
window.draw = async (given) => {
  const picture = { theme: 'light', locale: 'ja', zone: 'Asia/Tokyo', author: 'lecturebot', ...given };
  picture.now = picture.now ? new Date(Number(picture.now) ? picture.now * 1000 : picture.now) : new Date();
  picture.width ??= WIDTHS[picture.theme] ?? 720;
  picture.phone = picture.width < 500;
  const Frame = picture.theme === 'phone-notification' ? Notification : PLATFORMS[picture.platform];
  if (!Frame) throw new Error(`platform "${picture.platform}" is none of ${Object.keys(PLATFORMS).join(', ')}`);

  const stage = document.getElementById('stage');
  document.documentElement.lang = picture.locale;
  stage.style.width = `${picture.width}px`;
  stage.className = [picture.platform, picture.theme, picture.phone ? 'phone' : 'desktop'].join(' ');
  root?.unmount();
  root = createRoot(stage);
  flushSync(() => root.render(<Frame picture={picture} />));
  await frame();
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await frame();
  return [...stage.querySelectorAll('[data-not-drawn]')].map((box) => box.textContent);
};

const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
