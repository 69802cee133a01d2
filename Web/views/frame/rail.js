// The parts at the left of a wide screen; the one being read is bold.

import { changes, element, find } from '../elements.js';

/** @param {HTMLElement} root @returns {import('../../page/view.js').View} */
export function railView(root) {
  const sections = Array.from(document.querySelectorAll('main > section'));
  const links = sections.map((section) => {
    const number = section.getAttribute('data-part-number');
    const label = `${number === null ? '' : `${number} `}${section.getAttribute('data-rail') ?? ''}`;
    const link = element('a', { href: `#${section.id}` }, [label]);
    // The fragment belongs to the address of the state.
    link.addEventListener('click', (event) => {
      event.preventDefault();
      section.scrollIntoView();
      const heading = find(section, 'h1, h2');
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
    const depth = section.getAttribute('data-depth');
    return element('li', depth === null ? {} : { 'data-depth': depth }, [link]);
  });
  find(root, 'ol').replaceChildren(...links);
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links[sections.indexOf(target)]?.firstElementChild;
      if (isIntersecting) link?.setAttribute('aria-current', 'true');
      else link?.removeAttribute('aria-current');
    }
  }, { rootMargin: '-40% 0px -60% 0px' });
  for (const section of sections) observer.observe(section);
  const isNew = changes();
  return {
    root: null,
    draw({ show }) {
      if (isNew(show)) links.forEach((link, index) => link.toggleAttribute('hidden', sections[index]?.hasAttribute('data-left-out') ?? false));
    },
  };
}
