// The texts that JavaScript's source and HTML hold.

/** What stands in the string and template literals of a source; what a template fills in is left out: `{}`. @param {string} source */
export function stringsOf(source) {
  const strings = [];
  let at = 0;
  /** Reads code until `end` stands at its own level. @param {string} end */
  function code(end) {
    for (let depth = 0; at < source.length; ) {
      const rest = source.slice(at, at + 2);
      const mark = source[at];
      if (mark === end && depth === 0) return;
      if (rest === '//') at = source.indexOf('\n', at);
      else if (rest === '/*') at = source.indexOf('*/', at) + 2;
      else if (mark === "'" || mark === '"' || mark === '`') literal(mark);
      else {
        if (mark === '{') depth += 1;
        if (mark === '}') depth -= 1;
        at += 1;
      }
    }
  }
  /** @param {string} quote */
  function literal(quote) {
    let text = '';
    for (at += 1; source[at] !== quote; at += 1) {
      if (at >= source.length) throw new Error(`a string does not end: ${text.slice(0, 40)}`);
      if (source[at] === '\\') text += source[at += 1];
      else if (quote === '`' && source.startsWith('${', at)) {
        at += 2;
        code('}');
        text += '{}';
      } else text += source[at];
    }
    at += 1;
    strings.push(text);
  }
  code('');
  return strings;
}

/** What a reader of a page gets to read or hear: its text, labels, placeholders, descriptions. @param {string} html */
export function textsOf(html) {
  const bare = html.replace(/<!--[\s\S]*?-->|<!doctype[^>]*>/gi, '');
  const spoken = Array.from(bare.matchAll(/\s(?:aria-label|placeholder|title|alt|content|data-rail)="([^"]*)"/g), ([, text]) => text);
  const read = bare.replace(/<\/?(?:b|strong|em|i|dfn|a|span|code|small)\b[^>]*>/g, '').split(/<[^>]*>/);
  return [...spoken, ...read].map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

/** The headings of a page. @param {string} html @returns {{ level: number, text: string }[]} */
export function headingsOf(html) {
  return Array.from(html.matchAll(/<h([1-6])([^>]*)>([\s\S]*?)<\/h\1>/g), ([, level, attributes, text]) => ({
    level: Number(level), isFigure: attributes.includes('figure-title'), text: text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim(),
  }));
}
