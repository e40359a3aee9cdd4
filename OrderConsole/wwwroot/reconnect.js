// blazor.web.js tries to come back by itself; after a restart of the console there is nothing to come back to, and only
// a fresh page helps.
(() => {
  const dialog = document.getElementById('components-reconnect-modal');
  let waiting = false;

  async function reloadWhenBack() {
    if (waiting) return;
    waiting = true;
    for (;;) {
      try {
        const answer = await fetch('/health/live', { cache: 'no-store' });
        if (answer.ok) return location.reload();
      } catch { /* still away */ }
      await new Promise(next => setTimeout(next, 1000));
    }
  }

  new MutationObserver(() => {
    const state = dialog.className;
    const away = /components-reconnect-(show|retrying|failed|rejected)/.test(state);
    document.documentElement.toggleAttribute('data-away', away);
    if (/components-reconnect-(failed|rejected)/.test(state)) reloadWhenBack();
  }).observe(dialog, { attributes: true, attributeFilter: ['class'] });
})();
