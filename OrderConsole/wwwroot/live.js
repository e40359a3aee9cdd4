// Says "stale" when no new figures have reached this page for a while, whatever the reason: the mark is set here, in the
// browser, because a server that is gone can not set it.
(() => {
  const patience = 4000;
  let last = performance.now();

  new MutationObserver(changes => {
    if (changes.some(c => c.target.id === 'live')) last = performance.now();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-at', 'data-paused'] });

  setInterval(() => {
    // A paused page says itself of when it is.
    const paused = document.querySelector('#live[data-paused]');
    const stale = !paused && performance.now() - last > patience;
    document.documentElement.toggleAttribute('data-stale', stale);
  }, 500);
})();
