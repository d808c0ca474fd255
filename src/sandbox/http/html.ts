const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}' +
  'td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0;overflow-wrap:anywhere}';

/**
 * A complete page.
 *
 * @param body HTML whose texts are escaped already.
 * @param reloadSeconds after which the page reloads; undefined for a page that no longer changes.
 */
export function htmlPage(title: string, body: string, reloadSeconds?: number): string {
  const reload = reloadSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${reloadSeconds}">`;
  const head = `<meta charset="utf-8"><title>${escaped(title)} · Keboola sandbox</title>${reload}<style>${STYLE}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
}

/** One element that contains only text. */
export function text(element: 'h1' | 'h2' | 'p' | 'th' | 'td', content: string): string {
  return `<${element}>${escaped(content)}</${element}>`;
}

/** Texts as a table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = head.length === 0 ? '' : row('th', head);
  return `<table>${titles}${rows.map((cells) => row('td', cells)).join('')}</table>`;
}

function row(element: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => text(element, cell)).join('')}</tr>`;
}

/** A job's texts may contain any markup. */
function escaped(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
