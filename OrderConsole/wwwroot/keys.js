// The shortcuts, as the rows of the help dialog have them. They rest while somebody types, and inside dialogs.
(() => {
  const patience = 1200;
  const setting = 'oc-single-keys';
  const typing = 'input, select, textarea, [contenteditable]';
  let before = '', at = 0;

  const areSingleKeysOn = () => localStorage.getItem(setting) !== 'off';
  const row = keys => [...document.querySelectorAll('[data-keys]')].find(r => r.dataset.keys.toLowerCase() === keys.toLowerCase());

  function act(found) {
    const { goes, opening, focuses } = found.dataset;
    if (goes) window.Blazor.navigateTo(goes);
    if (opening) window.orderConsole.openDialog(opening);
    if (focuses) document.querySelector(focuses)?.focus();
  }

  document.addEventListener('keydown', press => {
    if (press.target.matches?.('[role="combobox"]') && ['ArrowUp', 'ArrowDown'].includes(press.key)) press.preventDefault();
    if (press.isComposing || press.altKey || press.target.closest?.(typing) || document.querySelector('dialog[open]')) return;

    const control = press.ctrlKey || press.metaKey;
    if (!control && !areSingleKeysOn()) return;
    const follows = !control && performance.now() - at < patience;
    const found = control ? row(`Ctrl-${press.key}`) : follows && row(`${before} ${press.key}`) || row(press.key);
    [before, at] = [press.key, performance.now()];
    if (!found) return;
    before = '';
    press.preventDefault();
    act(found);
  });

  // What the arrows reach must be seen.
  new MutationObserver(changes => {
    for (const { target } of changes) document.getElementById(target.getAttribute('aria-activedescendant'))?.scrollIntoView({ block: 'nearest' });
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-activedescendant'] });

  document.addEventListener('change', change => {
    if (change.target.matches('[data-single-keys]')) localStorage.setItem(setting, change.target.checked ? 'on' : 'off');
  });
  document.addEventListener('opened', opened => {
    const choice = opened.target.querySelector('[data-single-keys]');
    if (choice) choice.checked = areSingleKeysOn();
  });
})();
