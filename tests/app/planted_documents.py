"""Documents with facts planted at known depths, in English and Chinese: connected sentences made
from patterns, chapters with headings, and ten facts that stand nowhere else. Each fact comes with
a question and with what an answer to it must hold. Only the standard library, and everything from
one seed; document_generator.py turns the story into files."""

import random

import document_generator as make

WHO = ["the harbour master", "a young teacher", "the baker's wife", "an old fisherman", "the postmaster",
       "the lighthouse keeper", "the council", "a travelling painter", "the ferryman", "the school's director"]
DID = ["walked along the shore", "spoke about the weather", "waited for the evening ferry", "mended the nets",
       "looked after the garden", "read the newspaper aloud", "told a story about the sea", "repaired a fence",
       "counted the gulls", "drank tea by the window"]
WHY = ["because the wind had turned", "although nobody had asked for it", "while the others were asleep",
       "before the shop opened", "as people there had always done", "until the rain stopped",
       "when the bells began to ring", "so that the day would pass"]
THEN = ["Later that day everything was quiet again.", "Nobody thought much of it at the time.",
        "The neighbours talked about it for a while.", "It was not the first time.",
        "In the evening the lamps were lit as usual.", "The sea was calm and grey."]
WHO_ZH = ["港务局的老人", "年轻的老师", "面包店的主人", "渔民们", "邮局的职员", "村里的医生", "画家", "摆渡的人"]
DID_ZH = ["沿着海边慢慢散步", "谈起了最近的天气", "在码头等待晚班船", "修补旧的渔网", "照看屋后的菜园", "大声读报纸给大家听", "讲了一个关于大海的故事"]
WHY_ZH = ["因为风向变了", "虽然没有人要求他这样做", "那时别人还在睡觉", "一直到雨停为止", "就像人们一向所做的那样"]
THEN_ZH = ["后来一切又恢复了平静。", "当时没有人在意这件事。", "邻居们议论了好几天。", "傍晚的时候灯都亮了起来。"]

FACTS = [
    ("The Varnholt lighthouse was sold to Clara Brandt for {n} crowns.", "Who bought the Varnholt lighthouse?", "Clara Brandt"),
    ("Captain Oskarsen measured a depth of {n} metres below the chapel.", "Who measured the depth below the chapel?", "Oskarsen"),
    ("The winter storm of {y} sank {n} boats in the northern basin.", "How many boats did the winter storm sink in the northern basin?", "{n}"),
    ("Doctor Helmine Lund founded a hospital with {n} beds near the salt works.", "Who founded the hospital near the salt works?", "Helmine Lund"),
    ("The Karelsund railway was opened in {y} and is {n} kilometres long.", "When was the Karelsund railway opened?", "{y}"),
    ("Inspector Dunmore found {n} silver coins under the old brewery.", "What did Inspector Dunmore find under the old brewery?", "{n}"),
    ("The parish archive holds {n} letters written by Bishop Sverre.", "How many letters by Bishop Sverre does the parish archive hold?", "{n}"),
    ("A whale of {n} tonnes was stranded at Petrov Point in {y}.", "Where was the whale stranded?", "Petrov Point"),
    ("The glass factory in Ostmark employed {n} workers in {y}.", "How many workers did the glass factory in Ostmark employ?", "{n}"),
    ("Ingrid Falk painted the ceiling of the town hall in {n} days.", "Who painted the ceiling of the town hall?", "Ingrid Falk"),
]
FACTS_ZH = [
    ("白沙灯塔以{n}元卖给了陈明月。", "谁买下了白沙灯塔？", "陈明月"),
    ("赵船长在教堂下面测得水深{n}米。", "谁测量了教堂下面的水深？", "赵船长"),
    ("{y}年的冬季风暴在北湾击沉了{n}条船。", "冬季风暴在北湾击沉了多少条船？", "{n}"),
    ("林秀英医生在盐场旁边创办了一所有{n}张病床的医院。", "谁在盐场旁边创办了医院？", "林秀英"),
    ("石门铁路于{y}年通车，全长{n}公里。", "石门铁路是哪一年通车的？", "{y}"),
    ("探长邓志远在老酒坊地下找到{n}枚银币。", "探长邓志远在老酒坊地下找到了什么？", "{n}"),
    ("教区档案馆藏有主教何文修的{n}封信。", "教区档案馆藏有何文修的多少封信？", "{n}"),
    ("{y}年有一头{n}吨重的鲸鱼在虎头角搁浅。", "鲸鱼在哪里搁浅？", "虎头角"),
    ("玻璃厂在{y}年雇用了{n}名工人。", "玻璃厂雇用了多少名工人？", "{n}"),
    ("画家苏若兰用{n}天画完了市政厅的天花板。", "谁画了市政厅的天花板？", "苏若兰"),
]


class Planted(make.Story):
    """`facts` are (sentence, question, what the answer must hold, chapter)."""

    def __init__(self, language, seed, n_chapters=10, n_paragraphs=8):
        self.facts = []
        self.n_chapters = n_chapters
        super().__init__(language, seed, n_chapters, n_paragraphs)
        self.plant()

    def sentence(self):
        pick = self.random.choice
        if self.language == "zh":
            return pick(THEN_ZH) if self.random.random() < 0.2 else f"{pick(WHO_ZH)}{pick(DID_ZH)}，{pick(WHY_ZH)}。"
        if self.random.random() < 0.2:
            return pick(THEN)
        text = f"{pick(WHO)} {pick(DID)} {pick(WHY)}."
        return text[0].upper() + text[1:]

    def heading(self, number):
        if self.language == "zh":
            return f"第{number}章 海港往事"
        return f"Chapter {number}. Life at the harbour"

    def plant(self):
        patterns = FACTS_ZH if self.language == "zh" else FACTS
        glue = "" if self.language == "zh" else " "
        order = list(range(len(patterns)))
        self.random.shuffle(order)
        for place, which in enumerate(order):
            depth = (place + 0.5) / len(order)
            chapter = int(depth * self.n_chapters)
            paragraphs = self.sections[chapter][1]
            index = int((depth * self.n_chapters - chapter) * len(paragraphs))
            values = {"n": str(self.random.randint(21, 989)), "y": str(self.random.randint(1801, 1989))}
            sentence, question, answer = (text.format(**values) for text in patterns[which])
            ends = "。" if self.language == "zh" else ". "
            sentences = [part + ends.strip() for part in paragraphs[index].rstrip("。. ").split(ends)]
            sentences.insert(self.random.randint(1, len(sentences)), sentence)
            paragraphs[index] = glue.join(sentences)
            self.facts.append((sentence, question, answer, chapter))


def write(story, kind):
    """The bytes of a file of that kind."""
    if kind == "pdf":
        return make.pdf(story)[0]
    if kind == "txt":
        return "\n\n".join(story.texts()).encode()
    return {"docx": make.docx, "odt": make.odt, "epub": make.epub, "html": make.web}[kind](story)
