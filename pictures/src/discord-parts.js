// The components look like Discord of some years ago. Their inner styles are brought to the look since 2025, once, for all instances.

const STYLES = {
  'discord-messages': ':host { border: 0; } ::slotted(*) { margin: 0 !important; }',
  'discord-message': `
    .discord-message-content { line-height: 1.375rem; padding-top: 0; min-width: 0; }
    .discord-message-timestamp { color: var(--muted) !important; margin-left: 4px; font-size: 12px; }
    .discord-author-avatar { margin-top: 2px; }
    .discord-message-body { word-break: normal; overflow-wrap: anywhere; }
    :host(:hover) { background: none; }`,
  'discord-author-info': `
    .discord-author-username { color: var(--heading) !important; font-weight: 500; }`,
  'discord-verified-author-tag': `
    :host { font-size: 11px; font-weight: 500; border-radius: 4px; padding: 0 4px; line-height: 15px; }
    :host(:lang(ja)) { font-size: 0; }
    :host(:lang(ja))::after { content: 'アプリ'; font-size: 11px; }`,
  'discord-embed': `
    :host { margin: 4px 0 0; color: var(--text) !important; max-width: 520px; }
    .discord-left-border { background-color: var(--embed-edge); }
    .discord-embed-root { flex: 0 1 auto; }
    .discord-embed-wrapper { background: var(--embed) !important; border: 1px solid var(--line) !important; border-left: 0 !important; border-radius: 0 4px 4px 0; }
    .discord-embed-wrapper .discord-embed-grid { padding: 8px 16px 16px 12px; min-width: 0; grid-template-columns: minmax(0, auto); }
    .discord-embed-root, .discord-embed-wrapper { grid-template-columns: minmax(0, auto); }
    .discord-embed-media { min-width: 0; }
    :host .discord-embed-image { max-width: min(400px, 100%); }`,
  'discord-action-row': ':host { gap: 8px; padding-top: 8px; }',
  'discord-button': `
    :host > *:first-child { margin: 0; min-width: 0; height: 32px; padding: 0 14px; box-sizing: border-box; border-radius: 8px; font: 500 14px/18px var(--discord-font); border: 1px solid rgb(255 255 255 / 4%); }
    :host { max-width: 100%; }
    span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
    .secondary { background: var(--button); color: var(--button-text); }
    .success { background: #00863a; }
    .destructive { background: #d22d39; }
    svg { flex: none; margin-left: 8px; }`,
  'discord-string-select-menu': `
    :host { width: 100%; max-width: 400px; }
    .discord-string-select-menu, :host([light-theme]) .discord-string-select-menu {
      width: 100%; height: 44px; margin: 0; padding: 10px 12px !important; border-radius: 8px; background: var(--field) !important;
      border: 1px solid var(--line) !important; color: var(--muted); font-weight: 400; font-size: 16px; }
    :host(.chosen) .discord-string-select-menu { color: var(--text); }
    .discord-string-select-menu > span:first-child { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }`,
  'discord-link': 'a { color: var(--link) !important; }',
  'discord-file-attachment': `
    .discord-file-attachment-mosaic-style { background: var(--embed) !important; border: 1px solid var(--line) !important; max-width: 100%; }
    .discord-file-attachment-non-visual-media-item-container { margin: 0; }
    .discord-file-attachment-inner { line-height: 20px; }`,
};

/** Lit's components keep their styles in `elementStyles`: one more sheet at the end wins. */
export function restyle() {
  for (const [tag, text] of Object.entries(STYLES)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    customElements.get(tag).elementStyles.push(sheet);
  }
}
