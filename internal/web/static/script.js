// What is more comfortable with a script, and works without: an address is copied by a
// button, a page is handed on by the system's own means and printed. Buttons that need a
// script are hidden in the page and shown here.
'use strict';

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById('said');
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
      else if (!document.execCommand('copy')) return; // it is selected: the keyboard copies it
    } catch {
      return;
    }
    button.textContent = button.dataset.done;
    said.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; said.textContent = ''; }, 4000);
  });
}

for (const field of document.querySelectorAll('input[readonly]')) {
  field.addEventListener('focus', () => field.select());
}

for (const button of document.querySelectorAll('button[data-share]')) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}); // somebody thought better of it
  });
}

for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// A list that hangs over the page is closed by Escape, and by whoever goes on elsewhere.
const languages = document.querySelector('.languages');
languages.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !languages.open) return;
  languages.open = false;
  languages.querySelector('summary').focus();
});
document.addEventListener('click', (event) => {
  if (!languages.contains(event.target)) languages.open = false;
});
