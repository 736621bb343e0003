"""One state of the page's files: addressed by a digest of them all, so that browsers keep each for good."""

import gzip
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath

_REFERENCE = re.compile(r'(?<=")console/(?=[^"]*")')
_ENTRY = re.compile(r'^( *)<script type="module" src="console/([^"]+)"></script>$', re.MULTILINE)
# Of what is imported by `import()` nothing: it is for later.
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']""")


@dataclass(frozen=True)
class PageFile:
    content_type: str
    text: str

    @cached_property
    def gzipped(self) -> str:
        """In Base64, as Lambda answers with what is no text; compressed once."""
        return b64encode(gzip.compress(self.text.encode(), mtime=0)).decode()


@dataclass(frozen=True)
class Edition:
    """`files` by their paths in the page's folder, `documents` by their names: HTML, which is no file to keep."""

    digest: str
    files: Mapping[str, PageFile]
    documents: Mapping[str, str]

    def document(self, name: str) -> str:
        """HTML that refers to this edition's files, and lets all modules that it needs be fetched at once."""
        return self._finished[name]

    def url(self, path: str) -> str:
        """Where the file is, on this server."""
        return f"/console/{self.digest}/{path}"

    @cached_property
    def _finished(self) -> Mapping[str, str]:
        """All documents, put together once: whoever asks needs no token, and reading all imports takes a while."""
        return {name: self._with_references(text) for name, text in self.documents.items()}

    def _with_references(self, document: str) -> str:
        with_preloads = _ENTRY.sub(lambda entry: f"{self._preloads(*entry.groups())}{entry[0]}", document)
        return _REFERENCE.sub(self.url(""), with_preloads)

    def _preloads(self, indent: str, entry: str) -> str:
        modules = sorted(self._imports_of(entry) - {entry})
        return "".join(f'{indent}<link rel="modulepreload" href="console/{module}">\n' for module in modules)

    def _imports_of(self, entry: str) -> set[str]:
        """The module and all that it imports, however far away."""
        known: set[str] = set()
        found = [entry]
        while found:
            module = found.pop()
            if module in self.files and module not in known:
                known.add(module)
                found += imported_by(module, self.files[module].text)
        return known


def imported_by(module: str, text: str) -> Iterator[str]:
    """The paths of the modules that the text of the module at this path imports as it is loaded."""
    return (normpath(join(dirname(module), reference)) for reference in _IMPORTED.findall(text))
