// Says "stale" when no new figures have reached this page for a while, whatever the reason: the mark is set here, in the
// browser, because a server that is gone can not set it.
(() => {
  const patience = 4000;
  let last = performance.now();

  new MutationObserver(changes => {
    if (changes.some(c => c.type === 'attributes')) last = performance.now();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-at'] });

  setInterval(() => {
    const stale = performance.now() - last > patience;
    document.documentElement.toggleAttribute('data-stale', stale);
  }, 500);
})();
