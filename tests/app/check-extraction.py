#!/usr/bin/env python3
"""Documents are read as they were written: check-extraction.py PROGRAM. Prints TAP, and the
figures of each kind of document."""

import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile

import document_generator as make

program = sys.argv[1]
folder = tempfile.TemporaryDirectory()
number = 0
failed = 0


def check(promise, problems):
    global number, failed
    number += 1
    problems = [problem for problem in problems if problem]
    for problem in problems[:20]:
        print("#", str(problem)[:500])
    failed += bool(problems)
    print("not ok" if problems else "ok", number, promise, flush=True)


def save(name, data):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def run(path, timeout=60):
    return subprocess.run([program, "extract", "--json", path], capture_output=True, timeout=timeout,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""})


def extract(name, data):
    done = run(save(name, data))
    if done.returncode != 0:
        raise AssertionError(f"{name}: {done.returncode} {done.stderr.decode()}")
    return json.loads(done.stdout)


def refused(name, data, *needles):
    """None if the file is refused in one line with its name and one of the reasons."""
    done = run(save(name, data))
    line = done.stderr.decode()
    if (done.returncode == 1 and done.stdout == b"" and line.count("\n") == 1 and len(line) <= 601
            and name in line and any(needle in line for needle in needles)):
        return None
    return f"{name}: {done.returncode} {done.stdout[:80]} {line}"


def words(text):
    return collections.Counter(re.findall(r"[\u3000-\u9fff]|[^\W\u3000-\u9fff]+", text))


def f1(result, texts):
    got, wanted = words(" ".join(p["text"] for p in result["paragraphs"])), words(" ".join(texts))
    common = sum((got & wanted).values())
    return 2 * common / max(sum(got.values()) + sum(wanted.values()), 1)


def in_order(result, texts):
    """The beginnings of the paragraphs, in the order they were written."""
    text = "".join("".join(p["text"] for p in result["paragraphs"]).split())
    place = 0
    for wanted in texts:
        start = "".join(wanted.split())[:24]
        found = text.find(start, place)
        if found < 0:
            return f"out of order or missing: {wanted[:60]}"
        place = found + len(start)
    return None


def offsets_hold(result):
    text = "\n\n".join(p["text"] for p in result["paragraphs"])
    for p in result["paragraphs"]:
        if text[p["from"]:p["to"]] != p["text"]:
            return f"offsets of “{p['text'][:40]}”"
    return None


def compare(name, data, texts, least, kind, title="The title"):
    result = extract(name, data)
    score = f1(result, texts)
    print(f"# {name}: word F1 {score:.4f}, {len(result['paragraphs'])} paragraphs, {result['pages']} pages")
    return result, [f"F1 {score}" if score < least else None, in_order(result, texts), offsets_hold(result),
                    None if result["kind"] == kind else f"kind {result['kind']}",
                    None if result["title"] == title else f"title {result['title']}",
                    "noise is in the text" if make.NOISE in json.dumps(result["paragraphs"]) else None]


def check_text_formats():
    for language in ("en", "zh"):
        story = make.Story(language, 7)
        for kind, maker in (("docx", make.docx), ("odt", make.odt), ("epub", make.epub), ("html", make.web)):
            result, problems = compare(f"{language}.{kind}", maker(story), story.texts(), 0.98, kind)
            if len(result["paragraphs"]) != len(story.texts()):
                problems.append(f"{len(result['paragraphs'])} paragraphs, not {len(story.texts())}")
            if kind == "docx" and result["pages"] != len(story.sections):
                problems.append(f"{result['pages']} pages")
            check(f"/extract/{kind}/{language}", problems)


def check_text():
    problems = []
    chinese = "\n\n".join(make.Story("zh", 3).texts())
    traditional = "鯨魚在夜裡唱歌，我們聽不到牠的聲音。這是一個測試，中國人在海邊有一個家。" * 5
    for name, text, encoding in (
            ("gb", chinese, "gb18030"), ("utf16le", chinese, "utf-16"), ("utf16be", "\ufeff" + chinese, "utf-16-be"),
            ("bare16", "Plain words, no mark.\n" * 20, "utf-16-le"), ("bom", chinese, "utf-8-sig"),
            ("big5", traditional, "big5"), ("latin", "Crème brûlée à la façon de José, très à l'aise", "latin-1"),
            ("gb-short", "今天天气很好，我们去海边看鲸鱼。", "gb18030"), ("german", "Die Größe der Häuser überrascht", "cp1252")):
        result = extract(name + ".txt", text.encode(encoding))
        score = f1(result, [text.replace("\ufeff", "")])
        problems.append(f"{name}: {score}" if score < 1 else None)
    check("/extract/text/encodings", problems)
    problems = []
    for text, *encodings in (
            ("每年冬天，来自西伯利亚的冷空气越过一道山脊，在港内掀起一米高的短浪。", "utf-16-le", "utf-16-be"),
            ("下午三點開會，請帶上報表。", "big5"), ("下午三点开会，请带上报表。", "gbk"),
            ("港は半島の北岸にあり、三方を山に囲まれている。", "cp932", "euc-jp"),
            ("항구는 반도의 북쪽 해안에 있으며 세 면이 산으로 둘러싸여 있다.", "cp949"),
            ("Каждую зиму холодный ветер поднимает в порту короткие волны.", "cp1251", "koi8-r", "iso8859-5"),
            ("Κάθε χειμώνα ο κρύος άνεμος σηκώνει κύματα στο λιμάνι.", "cp1253"),
            ("הנמל נמצא בחוף הצפוני של חצי האי, והרוח באה מן הים.", "cp1255"),
            ("يقع الميناء على الساحل الشمالي لشبه الجزيرة وتحيط به الجبال", "cp1256"),
            ("港は半島の北岸にあり、三方を山に囲まれている。", "iso-2022-jp"), ("港は半島の北岸にあり、ﾊﾝｶｸの字もここにはある。", "euc-jp"),
            ("항구는 반도의 북쪽 해안에 있으며 똠방각하도 세 면이 산으로 둘러싸여 있다고 한다.", "cp949"),
            ("Zażółć gęślą jaźń, późną nocą źrebię śpi na łące.", "iso8859-2", "cp1250"),
            ("Příliš žluťoučký kůň úpěl ďábelské ódy.", "iso8859-2", "cp1250"),
            ("Şirin köyün ışıkları gece boyunca söndürülmedi.", "cp1254"),
            ("ท่าเรือตั้งอยู่บนชายฝั่งทางเหนือของคาบสมุทร", "tis-620"),
            ("Þórður bóndi á Stað í Húsavík, æ og ý.", "cp1252"), ("Les élèves du collège ont fêté Noël à l'hôtel.", "cp1252")):
        for encoding in encodings:
            got = [p["text"] for p in extract(encoding + "-one.txt", text.encode(encoding))["paragraphs"]]
            problems.append(None if got == [text] else f"{encoding}: {got}")
    check("/extract/text/one-line-in-any-encoding", problems)

    # A zero among plain letters makes no UTF-16 of them.
    result = extract("zero.txt", b"What is 2+2?\0 and more")
    texts = [p["text"] for p in result["paragraphs"]]
    check("/extract/text/a-zero-is-a-character", [None if texts == ["What is 2+2? and more"] else repr(texts)])

    result = extract("bad.txt", "good words, très très bien ".encode() * 20 + b"\xff here \xe2\x82")
    check("/extract/text/bad-bytes-are-told", [None if result["notes"] else "no note",
                                               None if "good words" in result["paragraphs"][0]["text"] else "lost"])
    filled = ("The keepers of the lighthouse wrote every evening about the wea-\n"
              "ther and about the prices of fish, which had risen since the win-\n"
              "ter before.\n\nAnother paragraph, short.\n\f第二页的文字很长，所以在这里需要换行，然后继续往下写，一直\n写到最后。\n")
    result = extract("filled.txt", filled)
    text = [p["text"] for p in result["paragraphs"]]
    check("/extract/text/lines-join", [
        None if "weather" in text[0] and "winter before." in text[0] else text, None if len(text) == 3 else text,
        None if result["pages"] == 2 and result["paragraphs"][2]["page"] == 2 else "pages",
        None if "一直写到" in text[-1] else text])
    hanging = extract("hanging.txt", "    The rules of the harbour, as they were written down by the council\n"
                      "    in the year of the storm and have been kept ever since then.\n\n"
                      "  a) Boats that come in after dark show a lamp, which has to be seen from\n"
                      "     the pier and must not be put out before morning.\n"
                      "  b) Nobody may leave nets on the steps, where others could fall over\n"
                      "     them and be hurt.\n\n"
                      "  First lines may be set to the right, as they are in many an old book of\n"
                      "tales, and the next ones are not, so that it is seen where one begins.\n"
                      "  This is the second such paragraph and it is long enough for two lines\n"
                      "as well, which ends it.\n")
    starts = [p["text"].split()[0] for p in hanging["paragraphs"]]
    check("/extract/text/indented-lines-join", [None if starts == ["The", "a)", "b)", "First", "This"] else starts])
    result = extract("m.md", "---\ntitle: \"T\"\n---\n# Head\n\nSome *soft* text\nhere &amp; there.\n\n- one\n- two\n\n"
                             "| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>kept</div>\n")
    check("/extract/markdown/blocks", [
        None if [p["text"] for p in result["paragraphs"]]
        == ["Head", "Some soft text here & there.", "one", "two", "a\tb", "1\t2", "kept"] else result,
        None if result["title"] == "T" else result["title"]])


def check_html_details():
    texts = [p["text"] for p in extract("parts.html", "<html><body><p>One</body></html><html><body><p>Two</body></html>\n<p>Three")["paragraphs"]]
    check("/extract/html/what-follows-its-end", [None if texts == ["One", "Two", "Three"] else texts])
    texts = [p["text"] for p in extract("lines.html", "<body>One<br>goes on<br>\n<br>Two<br><br><br>Three<pre>a<br><br>b</pre>")["paragraphs"]]
    check("/extract/html/empty-lines-part-paragraphs", [None if texts == ["One\ngoes on", "Two", "Three", "a\n\nb"] else texts])


def check_docx_details():
    note = ('<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> after</w:t></w:r></w:p>'
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p>"
            "</w:tc></w:tr></w:tbl>")
    texts = [p["text"] for p in extract("n.docx", make.docx(make.Story("en", 1, 1, 1), extra=note))["paragraphs"]]
    check("/extract/docx/notes-and-tables", [None if texts[-3:] == ["Before after", "footnote text", "a\tb"]
                                             else texts[-4:]])


def check_formulas():
    formula = ("<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi>"
               "<msup><mi>c</mi><mn>2</mn></msup></mrow><annotation encoding='application/x-tex'>"
               f"{make.NOISE}</annotation></semantics></math>")
    names = ('xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:xlink="l"')
    objects = "".join(f'<draw:frame><draw:object xlink:href="{href}"/></draw:frame>'
                      for href in ("./Object 1", "Chart", "../../up", "absent", "", "."))
    odt = make.zip_of([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", f"<office:document-content {names}><office:body><office:text><text:p>So {objects} holds."
                        "</text:p></office:text></office:body></office:document-content>"),
        ("Object 1/content.xml", formula),
        ("Chart/content.xml", f"<office:document-content {names}><text:p>{make.NOISE}</text:p></office:document-content>")])
    for kind, data in (("html", f"<p>So {formula} holds.</p>".encode()), ("odt", odt)):
        texts = [p["text"] for p in extract("formula." + kind, data)["paragraphs"]]
        check(f"/extract/{kind}/formulas-are-text", [None if texts == ["So E=mc2 holds."] else texts])


def check_pdf():
    for language, columns, least in (("en", 1, 0.98), ("zh", 1, 0.95), ("en", 2, 0.95), ("zh", 2, 0.95)):
        story = make.Story(language, 11, 10, 6)
        data, truth = make.pdf(story, columns)
        result, problems = compare(f"{language}{columns}.pdf", data, [text for _, text in truth], least, "pdf")
        pages = collections.defaultdict(str)
        for p in result["paragraphs"]:
            pages[p["page"]] += "".join(p["text"].split())
        for page, text in truth:
            start = "".join(text.split())[:20]
            problems.append(None if start in pages[page] else f"“{start}” is not on page {page}")
        everything = " ".join(pages.values())
        for header in ("Annualreport", "海港年度报告", "Page1", "第1页", "\ufb01"):
            problems.append(f"{header} is in the text" if header in everything else None)
        print(f"# {len(truth)} paragraphs were written")
        check(f"/extract/pdf/{language}-{columns}-columns", problems)


def check_pdf_details():
    document = make.Pdf()
    opening = "The table below shows how many whales were seen in each year of the count."
    rows = [["Year", "Whales", "Boats"]] + [[str(1990 + i), str(12 * i), str(3 * i)] for i in range(12)]
    for page in range(2):
        lines = [(200, 760, 9, "Yearly table of whales"), (300, 36, 9, f"- {page + 1} -"), (54, 700, 11, opening)]
        lines += [(54 + 150 * j, 660 - 16 * i, 11, cell) for j in range(3) for i, cell in enumerate(c[j] for c in rows)]
        document.add_page(lines + [(54, 400, 11, "The text goes on with a sentence that is far lo-"),
                                   (54, 386, 11, "nger than one line.")])
    texts = [(p["page"], p["text"]) for p in extract("table.pdf", document.bytes())["paragraphs"]]
    wanted = ([opening] + ["\t".join(row) for row in rows]
              + ["The text goes on with a sentence that is far longer than one line."])
    wanted = [(page, text) for page in (1, 2) for text in wanted]
    check("/extract/pdf/tables-and-repeated-lines", [None if texts == wanted else texts])
    problems = []
    for document.turned in (90, 180, 270):
        texts = [(p["page"], p["text"]) for p in extract("turned.pdf", document.bytes())["paragraphs"]]
        problems.append(None if texts == wanted else (document.turned, texts))
    check("/extract/pdf/pages-on-their-side", problems)

    document = make.Pdf()
    for page in range(1, 6):
        document.add_page([(54, 720, 16, f"Section {page}"), (54, 690, 11, f"Whales of section {page} sing."),
                           (300, 36, 9, str(page))])
    texts = [p["text"] for p in extract("sections.pdf", document.bytes())["paragraphs"]]
    wanted = [text for page in range(1, 6) for text in (f"Section {page}", f"Whales of section {page} sing.")]
    check("/extract/pdf/headings-that-count-are-text", [None if texts == wanted else texts])


def check_pdf_pages():
    """What other programs set otherwise: the shapes of LaTeX, LibreOffice and printed web pages."""
    words = make.Story("en", 21, 1, 3).texts()[1:]
    for columns, width, lefts in ((2, 240, (54, 303)), (3, 150, (54, 222, 390))):
        document = make.Pdf()
        for page in range(2):
            lines = [(200, 740, 15, f"A title across {'on' * page}"), (299, 150, 9, str(page + 1))]
            for left, text in zip(lefts, words):
                lines += [(left, 700 - 13 * i, 10, row) for i, row in enumerate(make.wrap(text, width, 10, False))]
            document.add_page(lines)
        texts = " ".join(p["text"] for p in extract(f"{columns}.pdf", document.bytes())["paragraphs"])
        wanted = " ".join(text for title in ("A title across", "A title across on") for text in [title] + words[:columns])
        check(f"/extract/pdf/{columns}-narrow-columns", [None if texts == wanted else texts])

    # Both edges straight, word by word, with spaces as wide as between cells.
    document, lines, long = make.Pdf(), [], make.Story("en", 22, 1, 9).texts()[1:]
    columns = [" ".join(long[i:i + 3]) for i in (0, 3, 6)]
    for left, text in zip((54, 222, 390), columns):
        rows = make.wrap(text, 125, 10, False)
        for i, row in enumerate(rows):
            pieces, x = row.split(" "), left
            room = 150 - sum(make.Pdf.width_of(piece, 10) for piece in pieces)
            space = room / max(len(pieces) - 1, 1) if i + 1 < len(rows) else 5
            for piece in pieces:
                lines.append((round(x, 2), 700 - 13 * i, 10, piece))
                x += make.Pdf.width_of(piece, 10) + space
    document.add_page(lines)
    texts = " ".join(p["text"] for p in extract("straight.pdf", document.bytes())["paragraphs"])
    check("/extract/pdf/narrow-columns-with-straight-edges", [None if texts == " ".join(columns) else texts])

    document = make.Pdf()
    document.add_page([(54, 700, 11, "An e昀昀icient o昀케ce of di昀昀erent 昀椀sh and 昀氀owers.".replace("昀케", "昀昀椀")), (54, 600, 11, "纪昀昀的名字里没有字母。")])
    texts = [p["text"] for p in extract("turned.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/ligatures-with-bytes-turned-round", [
        None if texts == ["An efficient office of different fish and flowers.", "纪昀昀的名字里没有字母。"] else texts])

    document = make.Pdf()
    lefts, cells = (54, 222, 390), (("Region", "Count"), ("Northern basin", "4,812"), ("Southern ocean", "311"))
    document.add_page([(left, 700 - 13 * i, 10, row) for left, text in zip(lefts, words)
                       for i, row in enumerate(make.wrap(text, 150, 10, False))])
    last = [[(lefts[n], 700 - 13 * i, 10, row) for i, row in enumerate(make.wrap(words[n], 150, 10, False))] for n in (0, 1)]
    table = [(390 + 90 * j, 690 - 19 * i, 10, cell) for i, row in enumerate(cells) for j, cell in enumerate(row)]
    document.add_page(last[0] + last[1] + table)
    texts = [p["text"] for p in extract("short.pdf", document.bytes())["paragraphs"] if p["page"] == 2]
    check("/extract/pdf/a-short-column-is-one-as-on-the-pages-before", [
        None if " ".join(texts[:-3]) == " ".join(words[:2]) else texts,
        None if texts[-3:] == ["\t".join(row) for row in cells] else texts])

    document = make.Pdf()
    chapters = ["OF SHIPS", "OF SHIPS", "OF MEN", "OF MEN", "OF STORMS"]
    for page, (chapter, text) in enumerate(zip(chapters, ["Whales", "Nets", "Boats", "Men", "Winds"])):
        document.add_page([(54, 740, 11, str(page + 11)), (300, 740, 11, chapter),
                           (54, 726, 11, f"{text} come first here, with no space below the header,"),
                           (54, 712, 11, "and then there is a second line.")])
    texts = [p["text"] for p in extract("head.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/headers-that-change-and-touch-the-text", [
        None if len(texts) == 5 and not any("OF " in text for text in texts) else texts])

    problems = []
    for wanted, initial in (("Thirty boats and a whale came into the harbour of the old town when the bells began to ring in autumn, and nobody "
                             "in it spoke of anything else until the winter was over.", "T"),
                            ("A whale came into the harbour of the old town, which had not seen a whale for forty years, when the bells "
                             "began to ring, and nobody in the town spoke of anything else.", "A"),
                            ("灯塔在一八九三年卖给了陈明月，后来一切又恢复了平静，邻居们议论了好几天，傍晚的时候灯都亮了起来，大海也安静下来了。渔民们修补着旧的渔网，等待晚班的船，孩子们在沙滩上奔跑。", "灯")):
        document, is_chinese = make.Pdf(), initial == "灯"
        rows = make.wrap(wanted[1:].strip(), 200, 11, is_chinese)
        document.add_page([(54, 676, 50, initial)] + [((108 if is_chinese else 88) if i < 3 else 54, 704 - 14 * i, 11, row) for i, row in enumerate(rows)])
        texts = [p["text"] for p in extract("initial.pdf", document.bytes())["paragraphs"]]
        problems.append(None if texts == [wanted] else texts)
    check("/extract/pdf/a-large-first-letter-belongs-to-its-word", problems)

    document = make.Pdf()
    rows = make.wrap(words[0], 400, 11, False)
    slanted = [(140 + 50 * i, 640 + 20 * i, 60, letter) for i, letter in enumerate("DRAFT")] + [(480, 300, 60, "2")]
    document.add_page([(54, 730 - 13 * i, 11, row) for i, row in enumerate(rows * 2)] + slanted)
    texts = " ".join(p["text"] for p in extract("draft.pdf", document.bytes())["paragraphs"])
    check("/extract/pdf/watermarks-are-no-text", [None if texts == f"{words[0]} {words[0]}" else texts])

    document = make.Pdf()
    document.add_page([(54, 700, 11, "村\u2ea0说\u2edb大，\u2ee5和\u2ee6都\u2ed3得好\ufe12"), (54, 660, 11, "\ufe41引\ufe42\ufe10"),
                       (54, 620, 11, "He had a great deal of something that is called soft\u00ad"), (54, 607, 11, "ness.")])
    texts = [p["text"] for p in extract("letters.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/letters-as-they-are-meant", [
        None if texts == ["村民说风大，鱼和鸟都长得好。", "「引」，", "He had a great deal of something that is called softness."] else texts])

    problems = []
    for wanted in ("他家的户口在长门镇，门前有车和马，这个国家的鱼和鸟都见风而飞，黄龙一页。", "他家的戶口在長門鎮，門前有車和馬，這個國家的魚和鳥都見風而飛，黃龍一頁。"):
        document = make.Pdf()
        shown = wanted.translate({ord(plain): radical for radical in range(0x2f00, 0x2fd6) for plain in (
            unicodedata.normalize("NFKC", chr(radical)) + dict(zip("戶見車長門頁風飛馬魚鳥黃龍", "户见车长门页风飞马鱼鸟黄龙")).get(
                unicodedata.normalize("NFKC", chr(radical)), ""))})
        document.add_page([(54, 700, 11, shown)])
        text = extract("radicals.pdf", document.bytes())["paragraphs"][0]["text"]
        problems.append(None if text == wanted and shown != wanted else text)
    check("/extract/pdf/radicals-are-letters-of-the-documents-script", problems)

    # Each hyphen at a line's end, and whether it belongs to the word; the document knows.
    document = make.Pdf()
    lines = ["A well-known pier stood by the water, and its keeper, who was known to all, wrote of long", "winters and of a term at sea, of weather and of fishermen; that he was right was clear. A well-",
             "known man and a self-", "regarding one came, spoke of the wea-", "ther and of the fisher-", "men, of twenty-", "five boats, of state-of-the-",
             "art lamps and of the end-", "of-year fair, a long-", "term plan of the Anglo-", "Saxon league; the high-", "est wave was not for-", "gotten by the READ-", "ERS of 1990-",
             "2000 in any case."]
    document.add_page([(54, 700 - 13 * i, 11, line) for i, line in enumerate(lines)])
    text = "".join(p["text"] for p in extract("hyphens.pdf", document.bytes())["paragraphs"])
    wanted = ("A well-known man and a self-regarding one came, spoke of the weather and of the fishermen, of twenty-five boats, of "
              "state-of-the-art lamps and of the end-of-year fair, a long-term plan of the Anglo-Saxon league; the highest wave was not "
              "forgotten by the READ-ERS of 1990-2000 in any case.")
    check("/extract/pdf/hyphens-that-belong-to-words-stay", [None if text.endswith(wanted) else text])

    document = make.Pdf()
    rows = [[f"Article {i}", f"{i * 3.5:.2f}", str(i * 7 % 50), "sold by weight"] for i in range(20, 32)]
    document.add_page([(x, 700 - 18 * i, 10, cell) for i, row in enumerate(rows) for x, cell in zip((54, 110, 150, 172), row)])
    texts = [p["text"] for p in extract("narrow.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/cells-of-a-narrow-table-stay-apart", [
        None if [text.split() for text in texts] == [" ".join(row).split() for row in rows] else texts])

    lines = ["הנמל נמצא בחוף הצפוני של חצי האי, ושלושה צדדים שלו מוקפים הרים.", "כל חורף עולה כאן רוח קרה מן הים אל הרחובות.",
             "בסוף המאה היה כאן רק כפר קטן של דייגים."]
    document = make.Pdf()
    document.add_page([(560 - make.Pdf.width_of(line, 11), 700 - 60 * i, 11, line[::-1]) for i, line in enumerate(lines)])
    result = extract("left.pdf", document.bytes())
    texts = [p["text"] for p in result["paragraphs"]]
    check("/extract/pdf/pages-written-to-the-left", [None if texts == lines and not result["notes"] else texts])

    # Words, figures and names that run the other way within a line; `shown` is what stands there from the left.
    lines = ["The gate says שלום עולם and the year is 1907 of the old count, as everybody knows.",
             "בשנת 1907 נבנה המזח, ומחירו 312,000 כתרים.", "המזח של Anna Lindqvist מן העיר.", "The last line is plain again, as the first one was."]
    shown = ["The gate says םלוע םולש and the year is 1907 of the old count, as everybody knows.",
             ".םירתכ 312,000 וריחמו ,חזמה הנבנ 1907 תנשב", ".ריעה ןמ Anna Lindqvist לש חזמה", lines[3]]
    document = make.Pdf()
    document.add_page([(54, 700 - 60 * i, 11, line) for i, line in enumerate(shown)])
    texts = [p["text"] for p in extract("both.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/lines-that-run-both-ways", [None if texts == lines else texts])

    document = make.Pdf()
    document.add_page([(54, 700, 11, "The licence says that whoever has the thing may either (1) keep it or"),
                       (54, 687, 11, "(2) give it away, and that nobody may be kept from doing so at all by"),
                       (54, 674, 11, "those who had it before."), (54, 640, 11, "1. The first of the list"), (54, 627, 11, "2. The second")])
    texts = [p["text"] for p in extract("items.pdf", document.bytes())["paragraphs"]]
    check("/extract/pdf/numbers-within-sentences-begin-no-item", [
        None if len(texts) == 3 and texts[0].endswith("had it before.") else texts])


def check_pdf_tables_and_forms():
    """Cells of several lines, read cell by cell; what was written into a form."""
    document, truth = make.Pdf(), []
    story = make.Story("en", 41, 1, 24).texts()[1:]
    lines, y = [(54, 740, 11, "The table below lists what was found.")], 715
    for row in range(7):
        cells = [make.wrap(" ".join(story[3 * row + i].split()[:n]), 130, 11, False) for i, n in enumerate((2, 5 + row, 2 + row % 3))]
        for x, cell in zip((54, 220, 390), cells):
            lines += [(x, y - 13 * i, 11, text) for i, text in enumerate(cell)]
        truth.append("\t".join(" ".join(cell).replace("- ", "") for cell in cells))
        y -= 13 * max(map(len, cells)) + 8
    document.add_page(lines + [(54, y - 20, 11, "Nothing else was found.")])
    texts = [p["text"] for p in extract("cells.pdf", document.bytes())["paragraphs"]]
    wanted = ["The table below lists what was found."] + truth + ["Nothing else was found."]
    check("/extract/pdf/cells-of-several-lines", [None if texts == wanted else texts])

    document = make.Pdf()
    document.add_page([(54, 700, 11, "Remarks:"), (54, 660, 11, "Signed in Ostmark")])
    field = (b"90 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Filled in by hand) /Rect [150 696 400 712] >>\n"
             b"endobj\nxref\n0 ")
    data = document.bytes().replace(b"/Rotate 0", b"/Annots [90 0 R]").replace(b"xref\n0 ", field, 1).replace(
        b"/Type /Catalog", b"/AcroForm << /Fields [90 0 R] >> /Type /Catalog")
    texts = [p["text"] for p in extract("form.pdf", data[:data.rindex(b"startxref")])["paragraphs"]]
    check("/extract/pdf/what-stands-in-forms", [None if texts == ["Remarks:\tFilled in by hand", "Signed in Ostmark"] else texts])


def check_pdf_lines_that_run_down():
    """Letter by letter, as word processors set them, and by fonts whose lines run down."""
    story = make.Story("zh", 31, 2, 8)
    for tiers, per_line in ((1, 52), (2, 25)):
        document, lines, truth, x, tier = make.Pdf(), [], [], 560, 0

        def finish():
            document.add_page(lines + [(54, 765, 9, "海港年度报告"), (300, 30, 9, str(len(document.pages) + 1))])
            lines.clear()

        for text in story.texts():
            for i in range(0, len(text) + 2, per_line):
                if x < 60:
                    x, tier = 560, tier + 1
                    if tier == tiers:
                        finish()
                        tier = 0
                lines += [(x, 740 - tier * 350 - 12 * j, 12, letter) for j, letter in enumerate(("　　" + text)[i:i + per_line])]
                x -= 18
            truth.append(text)
        finish()
        result = extract("down.pdf", document.bytes())
        score = f1(result, truth)
        print(f"# {tiers} tiers: word F1 {score:.4f}, {result['pages']} pages")
        check(f"/extract/pdf/lines-that-run-down/{tiers}", [None if score == 1 else score, in_order(result, truth)])
    document = make.Pdf()
    rows = [text[i:i + 50] for text in story.texts() for i in range(0, len(text), 50)][:20]
    document.add_page([(560 - 20 * i, 740, 12, row) for i, row in enumerate(rows)])
    result = extract("font.pdf", document.bytes().replace(b"/Identity-H", b"/Identity-V"))
    check("/extract/pdf/lines-that-run-down/by-font", [None if f1(result, rows) == 1 else f1(result, rows), in_order(result, rows)])


def check_large_pdf():
    document = make.Pdf()
    story = make.Story("en", 5, 1, 8)
    rows = [row for text in story.texts() for row in make.wrap(text, 504, 11, False)][:45]
    for page in range(1000):
        document.add_page([(54, 700 - 14 * i, 11, f"{page} {row}") for i, row in enumerate(rows)]
                          + [(300, 36, 9, str(page + 1))])
    path = save("large.pdf", document.bytes())
    start = time.monotonic()
    done = subprocess.run(["/usr/bin/env", "python3", "-c",
                           "import resource,subprocess,sys; r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;"
                           "print(r, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)",
                           program, "extract", "--json", path], capture_output=True, text=True)
    seconds = time.monotonic() - start
    status, megabytes = map(int, done.stdout.split())
    print(f"# 1000 pages: {seconds:.1f} s, {megabytes} MB at most in one process")
    check("/extract/pdf/thousand-pages", [None if status == 0 else f"status {status}",
                                          None if seconds < 60 else "slow", None if megabytes < 500 else "large"])


def check_hostile():
    story = make.Story("en", 2, 2, 2)
    bomb = make.zip_of([("_rels/.rels", ""), ("word/document.xml", b"<a>" + b"\0" * (200 << 20))])
    many = make.zip_of([(f"x{i}.xml", "") for i in range(100000)])
    twice = make.zip_of([("word/document.xml", "<a/>"), ("word/document.xml", "<b/>")])
    outside = make.zip_of([("../../etc/cron.d/x.xml", "x"), ("/tmp/baleen-x.xml", "x")])
    check("/extract/hostile/zip", [refused("bomb.docx", bomb, "too large"), refused("many.docx", many, "too large"),
                                   refused("twice.docx", twice, "damaged"), refused("outside.epub", outside, "damaged"),
                                   "a file was unpacked" if os.path.exists("/tmp/baleen-x.xml") else None])

    locked = bytearray(make.docx(story))
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = 0
        while (at := locked.find(signature, at)) >= 0:
            locked[at + place] |= 1
            at += 4
    key = make.pdf(story)[0].replace(
        b"trailer <<", b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>")
    check("/extract/hostile/encrypted", [
        refused("locked.pdf", key, "password"),
        refused("locked.docx", bytes(locked), "password"),
        refused("office.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password")])

    laughs = '<!DOCTYPE l [<!ENTITY a0 "lolcanary">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)) + "]>"
    secret = save("secret.txt", "canary")
    external = f'<!DOCTYPE l [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % p SYSTEM "file://{secret}"> %p;]>'
    problems = []
    for name, head, entity in (("laughs", laughs, "&a11;"), ("external", external, "&x;")):
        xml = f"{head}<w:document {make.W}><w:p><w:r><w:t>text {entity}</w:t></w:r></w:p></w:document>"
        done = run(save(name + ".docx", make.zip_of([("word/document.xml", xml)])))
        problems.append(f"{name}: {done}" if b"canary" in done.stdout or done.returncode not in (0, 1) else None)
        chapter = f"{head}<html><body><p>text {entity}</p></body></html>"
        done = run(save(name + ".html", chapter))
        problems.append(f"{name}: {done}" if (done.stdout.count(b"canary") > 1 and entity == "&x;")
                        or len(done.stdout) > 10000 or done.returncode not in (0, 1) else None)
    check("/extract/hostile/entities", problems)

    deep = "<w:p>" * 100000
    done = [run(save("deep.docx", make.zip_of([("word/document.xml", f"<w:document {make.W}>{deep}")]))),
            run(save("deep.html", "<div>" * 100000 + "text")),
            run(save("deep.epub", make.epub(make.Story("en", 1, 1, 1)).replace(b"nothing", b""))),
            run(save("quote.md", ">" * 100000 + " text"))]
    check("/extract/hostile/depth", [f"{one}" for one in done if one.returncode not in (0, 1)])

    plain = [refused("scan.pdf", scanned(), "scanned"), refused("cut.docx", make.docx(story)[:900], "damaged"),
             refused("none.pdf", b"%PDF-1.5\nnothing", "damaged"), refused("empty.txt", b"", "no text"),
             refused("program", b"\x7fELF" + bytes(500), "not a file"), refused("fake.pdf", b"words", "damaged"),
             refused("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
             refused("n" * 200 + ".docx", b"PK\3\4", "n" * 100)]
    plain[-1] = None if run(os.path.join(folder.name, "n" * 200 + ".docx")).returncode == 1 else "long name"
    done = run(folder.name)
    plain.append(None if done.returncode == 1 else "a folder was read")
    check("/extract/hostile/plain-words", plain)


def scanned():
    document = make.Pdf()
    document.add_page([])
    data = document.bytes()
    picture = b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    return data.replace(b"<< /Length 0 >> stream\n\nendstream",
                        b"<< /Length %d >> stream\nq 600 0 0 700 0 0 cm %s Q\nendstream" % (len(picture) + 28, picture))


def check_mutations():
    """The child may die, the program never: it says one line or gives a document."""
    seed = int(os.environ.get("BALEEN_TEST_SEED", "1"))
    n = int(os.environ.get("BALEEN_TEST_MUTATIONS", "70"))
    source = random.Random(seed)
    story = make.Story("en", 4, 2, 2)
    problems = []
    for name, data in (("m.pdf", make.pdf(story)[0]), ("m.epub", make.epub(story)), ("m.docx", make.docx(story))):
        for i in range(n):
            broken = bytearray(data)
            for _ in range(source.randint(1, 12)):
                broken[source.randrange(len(broken))] = source.randrange(256)
            if source.random() < 0.2:
                del broken[source.randrange(len(broken)):]
            done = run(save(name, bytes(broken)))
            lines = done.stderr.count(b"\n")
            if done.returncode not in (0, 1) or (done.returncode == 1 and lines != 1):
                problems.append(f"{name} {i}: {done.returncode} {done.stderr[:200]}")
    print(f"# seed {seed}, {n} of each kind")
    check("/extract/hostile/mutations", problems)


def check_nothing_left():
    left = os.path.join(folder.name, "tmp")
    os.mkdir(left)
    path = save("left.docx", make.docx(make.Story("en", 2, 2, 2)))
    subprocess.run([program, "extract", path], capture_output=True, env={**os.environ, "TMPDIR": left}, check=True)
    check("/extract/no-temporary-files", os.listdir(left))


print("1..55")
check_text_formats()
check_text()
check_html_details()
check_docx_details()
check_formulas()
check_pdf()
check_pdf_details()
check_pdf_pages()
check_pdf_lines_that_run_down()
check_pdf_tables_and_forms()
check_large_pdf()
check_hostile()
check_mutations()
check_nothing_left()
sys.exit(1 if failed else 0)
