/* A field whose text is kept as it is written, and may be written in two tabs at once: each tab shows
   what the other writes; and where one did not hear of the other, both texts stay and it is said. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var dom = window.coursewareDom;
  var make = dom.make;

  /* `field` is a textarea, `id` names it in the store, `get` returns what is kept of it now (or ""),
     and `put` keeps a text and says whether that could be done. */
  function Draft(field, id, get, put) {
    var self = this;
    this.field = field;
    this.get = get;
    this.put = put;
    this.other = "other:" + id;
    /* The text in the store that this tab knows of. */
    this.known = get();
    this.done = true;
    this.place = make("div", { class: "draft-other" });
    this.place.hidden = true;
    field.after(this.place);
    field.addEventListener("input", function () { self.note(); });
    store.watch(function (_id, elsewhere) {
      if (elsewhere) {
        self.follow();
      }
    });
    this.show();
  }

  /* Keep what stands in the field. */
  Draft.prototype.note = function () {
    var stored = this.get();
    if (this.done && stored !== this.known) {
      this.setAside(stored);
    }
    this.known = this.field.value;
    this.done = this.put(this.known);
  };

  /* Another tab has written: show it, unless something stands here that is kept nowhere else. */
  Draft.prototype.follow = function () {
    var stored = this.get();
    if (stored !== this.known && this.done &&
        (this.field.value.trim() === this.known.trim() || !this.field.value.trim())) {
      this.field.value = this.known = stored;
    }
    this.show();
  };

  /* Keep `text` beside the answer, unless it stands in the field anyway. */
  Draft.prototype.setAside = function (text) {
    var before = store.read(this.other);
    if (text.trim() && text.trim() !== this.field.value.trim() && text !== before) {
      store.write(this.other, before ? before + "\n\n" + text : text);
    }
    this.show();
  };

  Draft.prototype.show = function () {
    var self = this;
    var text = store.read(this.other);
    this.place.hidden = !text;
    if (!text || this.place.dataset.shown === text) {
      return;
    }
    this.place.dataset.shown = text;
    var words = make("p", { class: "draft-text", dir: "auto" }, text);
    function act(label, change) {
      return dom.button(label, function () {
        change();
        store.remove(self.other);
        delete self.place.dataset.shown;
        self.show();
        self.field.focus();
      });
    }
    this.place.replaceChildren(
      make("p", { role: "status" }, "Another text of yours for this answer is kept as well, " +
        "from another tab or from before:"),
      words,
      make("p", { class: "exercise-buttons" }, [
        act("Add it to the answer", function () {
          self.field.value = (self.field.value.trimEnd() + "\n\n" + text).trimStart();
          self.field.dispatchEvent(new Event("input", { bubbles: true }));
        }),
        act("Delete it", function () { /* act removes it */ })
      ]));
  };

  window.CoursewareDraft = Draft;
})();
