// blazor.web.js tries to come back by itself; after a restart of the console there is nothing to come back to, and only
// a fresh page helps. So it does for who was signed out meanwhile: it leads to the sign-in.
(() => {
  const dialog = document.getElementById('components-reconnect-modal');
  const pause = () => new Promise(next => setTimeout(next, 1000));
  const is = pattern => pattern.test(dialog.className);
  const isAway = () => is(/components-reconnect-(show|retrying|failed|rejected)/);
  const isOver = () => is(/components-reconnect-(failed|rejected)/);
  let looking = false;

  async function lookWhileAway() {
    if (looking) return;
    looking = true;
    for (; isAway(); await pause()) {
      try {
        const answer = await fetch('/api/me', { cache: 'no-store' });
        if (answer.status === 401 || (isOver() && answer.status < 500)) return location.reload();
      } catch { /* still away */ }
    }
    looking = false;
  }

  new MutationObserver(() => {
    document.documentElement.toggleAttribute('data-away', isAway());
    if (isAway()) lookWhileAway();
  }).observe(dialog, { attributes: true, attributeFilter: ['class'] });
})();
