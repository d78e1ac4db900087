// editor.js: rich text instead of HTML source. <form data-module="editor" data-editor-script="/static/richtext.….js">
//
// The script is built by web/build.sh; a program built without it gives no address, and a script that does not arrive changes
// nothing: the fields marked data-editor="html" stay what they are, with the same content under the same name.
export async function start(form) {
  const areas = form.querySelectorAll("textarea[data-editor=html]");
  if (!form.dataset.editorScript || areas.length === 0) {
    return;
  }
  const { enrich } = await import(form.dataset.editorScript);
  for (const area of areas) {
    enrich(area);
  }
}
