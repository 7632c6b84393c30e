"""kubehop in documentation made with MkDocs (Material or another theme) or Sphinx.

Copy this file and `attributes.json` beside each other into your documentation. README.md in this folder says what to
write into mkdocs.yml or conf.py.
"""

import html
import json
import posixpath
import re
from pathlib import Path

ATTRIBUTES = json.loads(Path(__file__).with_name("attributes.json").read_text(encoding="utf-8"))

_FENCE = re.compile(r"^(?P<before>[ \t>]*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$")
_WORD = re.compile(r"""([^\s="']+)(?:=("[^"]*"|'[^']*'|\S+))?""")


def attribute(name, value):
    """An attribute of the element as HTML; a value that it does not take is an error."""
    known = ATTRIBUTES.get(name)
    if known is None:
        raise ValueError(f"<kube-hop> has no attribute {name!r}, only {', '.join(ATTRIBUTES)}")
    if known.get("flag"):
        if value:
            raise ValueError(f"{name} takes no value")
        return f" {name}"
    if not value:
        raise ValueError(f"{name} needs a value")
    if known.get("number") and not value.isdecimal():
        raise ValueError(f"{name} is a number, not {value!r}")
    if value not in known.get("values", [value]):
        raise ValueError(f"{name} is {' or '.join(known['values'])}, not {value!r}")
    return f' {name}="{html.escape(value)}"'


def element(manifests, attributes):
    """`<kube-hop>` around manifests."""
    written = "".join(attribute(name, value) for name, value in attributes.items())
    return f"<kube-hop{written}>\n<pre>\n{html.escape(manifests, quote=False)}</pre>\n</kube-hop>"


def with_elements(text, put):
    """A Markdown text with `put(element)` instead of its fenced blocks `yaml kubehop`.

    Blocks up to the next expectations are one cluster, as for `kubehop check`: an element has the blocks before its own.
    """
    lines, cluster, is_judged = [], [], False
    rest = iter(enumerate(text.split("\n"), 1))
    for number, line in rest:
        fence = _FENCE.match(line)
        if not fence or (fence["mark"][0] == "`" and "`" in fence["info"]):
            lines.append(line)
            continue
        block, content = [line], []
        quotes, indent = fence["before"].count(">"), len(fence["before"].rsplit(">", 1)[-1])
        for _, line in rest:
            block.append(line)
            inner = re.match(rf"(?:[ \t]*> ?){{{quotes}}}", line)
            own = line[inner.end() :] if inner else ""
            own = own[min(indent, len(own) - len(own.lstrip(" \t"))) :]
            bare = own.strip()
            if not inner or (len(bare) >= len(fence["mark"]) and not bare.strip(fence["mark"][0])):
                break
            content.append(own + "\n")
        words = [(name.lstrip("."), value.strip("\"'")) for name, value in _WORD.findall(fence["info"].strip().strip("{}"))]
        names = [name for name, _ in words]
        if names[:1] not in (["yaml"], ["yml"]) or not {"kubehop", "kubehop-expect"}.intersection(names):
            lines += block
            continue
        if "kubehop-expect" in names:
            is_judged = True
            # The fences of pymdownx know no further words.
            lines += [f"{fence['before']}{fence['mark']}yaml", *block[1:]]
            continue
        if is_judged and "more" not in names:
            cluster = []
        is_judged = False
        cluster.append("".join(content))
        try:
            made = element("---\n".join(cluster), dict(word for word in words[1:] if word[0] not in ("kubehop", "more")))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
        lines.append(fence["before"] + put(made))
    return "\n".join(lines)


# MkDocs: this file is a hook.


def on_page_markdown(markdown, page, config, **_):
    """Takes the blocks out before anything else reads them, so that they can be in lists, quotes and tabs."""
    page.kubehop = []

    def put(made):
        page.kubehop.append(made)
        return f"kubehop-element-{len(page.kubehop) - 1}-"

    try:
        return with_elements(markdown, put)
    except ValueError as error:
        from mkdocs.exceptions import PluginError

        raise PluginError(f"{page.file.src_uri}: {error}") from None


def on_page_content(html, page, config, **_):
    """Puts the elements where the blocks were, and the script before the first."""
    if not page.kubehop:
        return html
    script = _script(config.extra.get("kubehop", {}).get("script"), page.url)
    place = re.compile(r"(?:<p>)?kubehop-element-(\d+)-(?:</p>)?")
    return script + place.sub(lambda match: page.kubehop[int(match[1])], html)


def _script(address, url):
    if not address:
        from mkdocs.exceptions import PluginError

        raise PluginError("mkdocs.yml does not say where kube-hop.js is: extra: {kubehop: {script: …}}")
    if not re.match(r"(?:[a-z]+:)?/", address):
        address = posixpath.relpath(address, url if url.endswith("/") or not url else posixpath.dirname(url) or ".")
    return f'<script async src="{html.escape(address)}"></script>\n'


# Sphinx: this file is an extension, which has the directive `kubehop`.


def setup(app):
    """Registers the directive."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives
    from sphinx.addnodes import only

    class KubeHop(Directive):
        has_content = True
        option_spec = {
            name: directives.flag if known.get("flag") else directives.unchanged_required
            for name, known in ATTRIBUTES.items()
        } | {"file": directives.path}

        def run(self):
            options = {name: value or "" for name, value in self.options.items()}
            environment = self.state.document.settings.env
            manifests = "\n".join(self.content) + "\n"
            if "file" in options:
                _, path = environment.relfn2path(options.pop("file"))
                environment.note_dependency(path)
                manifests = Path(path).read_text(encoding="utf-8")
            try:
                made = element(manifests, options)
            except ValueError as error:
                raise self.error(str(error)) from None
            still = nodes.literal_block(manifests, manifests, language="yaml")
            page = only(expr="html")
            page += nodes.raw("", made, format="html")
            other = only(expr="not html")
            other += still
            return [page, other]

    def add_script(app, pagename, templatename, context, doctree):
        if doctree is None or not any("<kube-hop" in raw.astext() for raw in doctree.findall(nodes.raw)):
            return
        if not app.config.kubehop_script:
            raise ValueError("conf.py does not say where kube-hop.js is: kubehop_script = …")
        app.add_js_file(app.config.kubehop_script, loading_method="async")

    app.add_config_value("kubehop_script", "", "html", [str])
    app.add_directive("kubehop", KubeHop)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
