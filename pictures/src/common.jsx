/** What a picture shows in place of something from the network: the page has none. */
export function imageSource(url, label = 'image') {
  if (url?.startsWith('data:')) return url;
  return svg(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="225"><rect width="100%" height="100%" fill="#8a8f98"/>
    <text x="50%" y="50%" fill="#fff" font-family="sans-serif" font-size="16" text-anchor="middle">${xml(label)}</text></svg>`);
}

export function avatar(name, color) {
  return svg(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="100%" height="100%" fill="${color}"/>
    <text x="50%" y="54%" fill="#fff" font-family="sans-serif" font-weight="700" font-size="40" text-anchor="middle"
    dominant-baseline="middle">${xml([...name][0]?.toUpperCase() ?? '?')}</text></svg>`);
}

export const NotDrawn = ({ what, ...rest }) => <div data-not-drawn {...rest}>not drawn: {what}</div>;

const svg = (text) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
const xml = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
