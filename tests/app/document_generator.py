"""Makes test documents whose text is known: PDF, docx, odt, EPUB, HTML, with what surrounds
text in real ones. Only the standard library, and everything from one seed."""

import html
import io
import random
import zipfile

ENGLISH = ("the whale harbour winter net of and in to a fishing boats returned with their catch "
           "before storm reached coast keepers lighthouse wrote every evening about weather prices "
           "letters from northern islands arrived late because ferry could not cross ice village "
           "school library repaired roof office difficult final effective waffle").split()
CHINESE = list("的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
               "她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面")


class Story:
    """Paragraphs of one language; `sections` are (heading, [paragraph, ...])."""

    def __init__(self, language, seed, n_sections=6, n_paragraphs=5):
        self.language = language
        self.random = random.Random(seed)
        self.sections = [(self.heading(i + 1), [self.paragraph() for _ in range(n_paragraphs)])
                         for i in range(n_sections)]

    def sentence(self):
        if self.language == "zh":
            body = "".join(self.random.choices(CHINESE, k=self.random.randint(8, 20)))
            return body + "，" + "".join(self.random.choices(CHINESE, k=9)) + "。"
        words = self.random.choices(ENGLISH, k=self.random.randint(8, 16))
        return " ".join(words).capitalize() + "."

    def paragraph(self):
        glue = "" if self.language == "zh" else " "
        return glue.join(self.sentence() for _ in range(self.random.randint(3, 6)))

    def heading(self, number):
        if self.language == "zh":
            return "第" + "一二三四五六七八九十"[number - 1] + "章" + "".join(
                self.random.choices(CHINESE, k=4))
        return f"Chapter {number} " + " ".join(self.random.choices(ENGLISH, k=3))

    def texts(self):
        return [text for heading, paragraphs in self.sections for text in [heading] + paragraphs]


def zip_of(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, data in parts:
            package.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOISE = "ZZNOISE"  # must be nowhere in what is read


def docx(story, title="The title", extra=""):
    def run(text):
        return f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    body, first = [], True
    for heading, paragraphs in story.sections:
        if not first:
            body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        first = False
        body.append('<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' + run(heading) + "</w:p>")
        for text in paragraphs:
            half = len(text) // 2
            body.append(
                "<w:p>" + run(text[:half])
                + f'<w:del w:id="1"><w:r><w:delText>{NOISE}</w:delText></w:r></w:del>'
                + f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{NOISE}</w:instrText></w:r>'
                  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                + f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{NOISE}</w:t></w:r>"
                + f'<w:ins w:id="2">{run(text[half:])}</w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>')
    document = f"<?xml version='1.0'?><w:document {W}><w:body>{''.join(body)}{extra}<w:sectPr/></w:body></w:document>"
    return zip_of([
        ("_rels/.rels", '<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument'
                        '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", document),
        ("word/comments.xml", f"<w:comments {W}><w:comment><w:p>{run(NOISE)}</w:p></w:comment></w:comments>"),
        ("word/header1.xml", f"<w:hdr {W}><w:p>{run(NOISE)}</w:p></w:hdr>"),
        ("word/footnotes.xml", f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p>{run(NOISE)}</w:p></w:footnote>'
                               f'<w:footnote w:id="7"><w:p>{run("footnote text")}</w:p></w:footnote></w:footnotes>'),
        ("docProps/core.xml", f"<c xmlns:dc='x'><dc:title>{title}</dc:title></c>")])


def odt(story, title="The title"):
    body = ["<text:tracked-changes><text:p>" + NOISE + "</text:p></text:tracked-changes>"]
    for heading, paragraphs in story.sections:
        body.append(f"<text:h>{heading}</text:h>")
        for text in paragraphs:
            body.append(f"<text:p>{text}<office:annotation><text:p>{NOISE}</text:p></office:annotation></text:p>")
    names = 'xmlns:office="o" xmlns:text="t" xmlns:table="b"'
    return zip_of([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", f"<office:document-content {names}><office:body><office:text>{''.join(body)}"
                        "</office:text></office:body></office:document-content>"),
        ("meta.xml", f"<m xmlns:dc='x'><dc:title>{title}</dc:title></m>")])


def page_of(heading, paragraphs):
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in paragraphs)
    return (f"<h1>{heading}</h1><script>{NOISE}</script><style>{NOISE}</style>{body}"
            f"<!-- {NOISE} --><p hidden>{NOISE}</p>")


def web(story, title="The title"):
    body = "".join(page_of(*section) for section in story.sections)
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body>{body}</body></html>").encode()


def epub(story, title="The title", package_extra=""):
    names = [f"text/第{i}章.xhtml" for i in range(len(story.sections))]
    # Neither the names nor the manifest are in the order of the spine.
    items = "".join(f'<item id="i{i}" href="{name}" media-type="application/xhtml+xml"/>'
                    for i, name in reversed(list(enumerate(names))))
    spine = "".join(f'<itemref idref="i{i}"/>' for i in range(len(names)))
    chapters = [(f"OEBPS/{name}", "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'>"
                 f"<head><title/></head><body>{page_of(*section)}</body></html>")
                for name, section in zip(names, story.sections)]
    return zip_of([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'),
        ("OEBPS/book.opf", f"<package><metadata xmlns:dc='x'><dc:title>{title}</dc:title></metadata>"
                           f"<manifest>{items}{package_extra}</manifest><spine>{spine}</spine></package>")]
        + chapters[::-1])


class Pdf:
    """Pages of lines: (x, y, size, text). Every font maps codes to letters by a table, as what
    word processors write does."""

    WIDTH, HEIGHT = 612, 792

    def __init__(self, title="The title"):
        self.pages = []
        self.title = title
        self.turned = 0  # degrees that a reader turns each page before showing it

    def add_page(self, lines):
        self.pages.append(lines)

    @staticmethod
    def width_of(text, size):
        return sum(size if ord(letter) > 0x2e7f else size * 0.5 for letter in text)

    def bytes(self):
        objects = [None, None, None]
        table = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
                 "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                 + "".join(f"1 beginbfrange <{i:02X}00> <{i:02X}FF> <{i:02X}00> endbfrange\n" for i in range(256))
                 + "endcmap end end").encode()
        objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H "
                       b"/DescendantFonts [5 0 R] /ToUnicode 6 0 R >>")
        objects.append(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) "
                       b"/Ordering (Identity) /Supplement 0 >> /DW 1000 /W [0 11903 500] /FontDescriptor 7 0 R >>")
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(table), table))
        objects.append(b"<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -200 1000 800] "
                       b"/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>")
        kids = []
        for lines in self.pages:
            content = "".join(f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
                              for x, y, size, text in lines).encode()
            objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
            objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate %d /Contents %d 0 R "
                           b"/Resources << /Font << /F 4 0 R >> >> >>" % (self.turned, len(objects)))
            kids.append(f"{len(objects)} 0 R")
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
        objects[2] = b"<< /Title <feff" + self.title.encode("utf-16-be").hex().encode() + b"> >>"
        out, places = bytearray(b"%PDF-1.5\n"), []
        for i, data in enumerate(objects):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, data)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
        return bytes(out)


def wrap(text, width, size, is_chinese):
    """Lines of at most `width` points; a long word is hyphenated at the end of a line."""
    lines, line = [], ""
    if is_chinese:
        per_line = int(width // size)
        return [text[i:i + per_line] for i in range(0, len(text), per_line)]
    for word in text.split(" "):
        grown = f"{line} {word}" if line else word
        room = int(width / (size * 0.5)) - len(line) - 2
        if Pdf.width_of(grown, size) <= width:
            line = grown
        elif len(word) >= 8 and room >= 3 and word.isalpha():
            cut = min(room, len(word) - 3)
            lines.append(f"{line} {word[:cut]}-")
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return lines + [line]


def pdf(story, columns=1, size=11):
    """Returns the bytes and the truth: (page, text) for each paragraph, whole on its page."""
    document, truth = Pdf(), []
    is_chinese = story.language == "zh"
    width = 504 if columns == 1 else 240
    lefts = [54] if columns == 1 else [54, 318]
    lines, column, y = [], 0, 700

    def finish():
        nonlocal lines, column, y
        number = len(document.pages) + 1
        header = "海港年度报告" if is_chinese else "Annual report of the harbour"
        footer = f"第 {number} 页" if is_chinese else f"Page {number}"
        document.add_page([(200, 760, 9, header)] + lines + [(290, 36, 9, footer)])
        lines, column, y = [], 0, 700

    for heading, paragraphs in story.sections:
        for text in [heading] + paragraphs:
            is_heading = text is heading
            letters = size * 1.5 if is_heading else size
            rows = wrap(text, width, letters, is_chinese)
            needed = len(rows) * letters * 1.25 + size
            if y - needed < 70:
                column, y = column + 1, 700
                if column == columns:
                    finish()
            truth.append((len(document.pages) + 1, text))
            for row in rows:
                shown = row.replace("fi", "\ufb01").replace("ffi", "\ufb03")
                lines.append((lefts[column], round(y, 2), letters, shown))
                y -= letters * 1.25
            y -= size
    finish()
    return document.bytes(), truth
