// What must happen in the browser itself: copying, opening dialogs, closing the drawer. Buttons say what they want with
// data attributes, so that nothing here knows a page, and nothing waits for the server.
(() => {
  const opener = new WeakMap();

  // Pages give an element or its id.
  const found = dialog => typeof dialog === 'string' ? document.getElementById(dialog) : dialog;

  function openDialog(which) {
    const dialog = found(which);
    if (!dialog || dialog.open) return;
    opener.set(dialog, document.activeElement);
    // Empty at once: what the server did about it later could take away what is being typed by then.
    for (const input of dialog.querySelectorAll('[data-fresh]')) input.value = '';
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent('opened', { bubbles: true }));
  }

  function closeDialog(which) {
    const dialog = found(which);
    if (dialog?.open) dialog.close();
  }

  // Read out by screen readers; the element stands in the layout.
  function say(text) {
    const said = document.getElementById('said');
    if (said) said.textContent = text;
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return say(document.getElementById('said').dataset.refused);
    }
    button.dataset.done = '';
    say(button.dataset.copied);
    setTimeout(() => delete button.dataset.done, 2000);
  }

  document.addEventListener('click', click => {
    const copies = click.target.closest('[data-copy]');
    if (copies) return copy(copies);
    const opens = click.target.closest('[data-opens]');
    if (opens) return openDialog(opens.dataset.opens);
    if (click.target.closest('[data-closes]')) return closeDialog(click.target.closest('dialog'));
    // A dialog's own area is its edge: everything inside it is an element of its own.
    if (click.target.matches?.('dialog[data-light]')) return closeDialog(click.target);
    if (click.target.closest('a') && click.target.closest('[popover]')) click.target.closest('[popover]').hidePopover();
  });

  // Esc must not lose a dialog in which something runs.
  document.addEventListener('cancel', cancel => {
    if (cancel.target.matches('dialog[data-keep]')) cancel.preventDefault();
  }, true);

  // Browsers give the focus back themselves, except when the opener is not what had the focus.
  document.addEventListener('close', closed => {
    const before = opener.get(closed.target);
    if (before?.isConnected && !closed.target.contains(before)) before.focus();
  }, true);

  document.addEventListener('toggle', toggled => {
    if (toggled.target.matches('[popover]') && toggled.newState === 'open') toggled.target.querySelector('a')?.focus();
  }, true);

  // Tells a page whether anybody can see it, until it is gone.
  function watchVisibility(page) {
    const tell = () => page.invokeMethodAsync('Seen', !document.hidden).catch(() => document.removeEventListener('visibilitychange', tell));
    document.addEventListener('visibilitychange', tell);
  }

  window.orderConsole = { openDialog, closeDialog, watchVisibility };
})();
