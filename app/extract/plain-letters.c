#include "plain-letters.h"

#define FIRST_RADICAL 0x2e80

/* The CJK Radicals Supplement as the characters that look the same (Unicode's property
 * Equivalent_Unified_Ideograph); normalization knows only two of them. What has none is itself. */
static const gunichar radicals[] = {
  0x2e80, 0x5382, 0x4e5b, 0x4e5a, 0x4e59, 0x4ebb, 0x5182, 0x20628, 0x5200, 0x5202, 0x535c,
  0x353e, 0x5c0f, 0x5c0f, 0x5140, 0x5c23, 0x5c22, 0x21bc2, 0x5df3, 0x5e7a, 0x5f51, 0x5f50,
  0x5fc4, 0x5fc3, 0x624c, 0x6535, 0x2e9a, 0x65e1, 0x65e5, 0x6708, 0x6b7a, 0x6bcd, 0x6c11,
  0x6c35, 0x6c3a, 0x706c, 0x722b, 0x722b, 0x4e2c, 0x725b, 0x72ad, 0x738b, 0x24d14, 0x76ee,
  0x793a, 0x793b, 0x25ad7, 0x7cf9, 0x7e9f, 0x7f53, 0x7f52, 0x34c1, 0x5197, 0x2626b, 0x7f8a,
  0x2634c, 0x2634b, 0x8002, 0x8080, 0x807f, 0x8089, 0x26951, 0x8279, 0x8279, 0x8279, 0x864e,
  0x8864, 0x8980, 0x897f, 0x89c1, 0x89d2, 0x278b2, 0x8ba0, 0x8d1d, 0x27fb7, 0x8f66, 0x8fb6,
  0x8fb6, 0x8fb6, 0x9091, 0x9485, 0x9577, 0x9578, 0x957f, 0x95e8, 0x28e0f, 0x961d, 0x96e8,
  0x9752, 0x97e6, 0x9875, 0x98ce, 0x98de, 0x98df, 0x2967f, 0x98e0, 0x9963, 0x29810, 0x9a6c,
  0x9aa8, 0x9b3c, 0x9c7c, 0x9e1f, 0x5364, 0x9ea6, 0x9ec4, 0x9efe, 0x6589, 0x9f50, 0x6b6f,
  0x9f7f, 0x7adc, 0x9f99, 0x9f9c, 0x4e80, 0x9f9f,
};

/* So many letters more of one script leave no doubt. */
#define DECIDED 200

/* Radicals of Kangxi that simplified Chinese writes otherwise: the radical, and how. */
static const gunichar two_ways[][2] = {
  { 0x2f3e, 0x6237 }, { 0x2f92, 0x89c1 }, { 0x2f99, 0x8d1d }, { 0x2f9e, 0x8f66 },
  { 0x2fa7, 0x957f }, { 0x2fa8, 0x95e8 }, { 0x2fb1, 0x97e6 }, { 0x2fb4, 0x9875 },
  { 0x2fb5, 0x98ce }, { 0x2fb6, 0x98de }, { 0x2fba, 0x9a6c }, { 0x2fc2, 0x9c7c },
  { 0x2fc3, 0x9e1f }, { 0x2fc4, 0x5364 }, { 0x2fc6, 0x9ea6 }, { 0x2fc8, 0x9ec4 },
  { 0x2fcc, 0x9efe }, { 0x2fd1, 0x9f50 }, { 0x2fd2, 0x9f7f }, { 0x2fd3, 0x9f99 },
  { 0x2fd4, 0x9f9f },
};

/* Frequent characters that are written in one of the two ways only. */
static const char simplified[]
    = "国们这个来时会学对说过为发经门见长开关问间东车书马电话语请让还进远运动业两义习买卖产亲"
      "亿从仅价优传伤体儿军农决况净凭处备复头夺实审宝将层岁岛币师带帮归当录择报护担拥换损据";
static const char traditional[]
    = "國們這個來時會學對說過為發經門見長開關問間東車書馬電話語請讓還進遠運動業兩義習買賣產親"
      "億從僅價優傳傷體兒軍農決況淨憑處備復頭奪實審寶將層歲島幣師帶幫歸當錄擇報護擔擁換損據";

/* Forms for vertical lines: brackets and marks that were turned. Normalization makes ASCII of
 * some of them, which are wide in Chinese. */
static gunichar
turn_upright (gunichar letter)
{
  gunichar plain = 0;

  if (letter == 0xfe19)
    return 0x2026;
  if (g_unichar_fully_decompose (letter, TRUE, &plain, 1) != 1)
    return letter;
  return plain > 0x20 && plain < 0x7f ? plain + 0xfee0 : plain;
}

static const gunichar *
find_two_ways (gunichar letter)
{
  if (letter < two_ways[0][0] || letter > two_ways[G_N_ELEMENTS (two_ways) - 1][0])
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (two_ways); i++)
    if (letter == two_ways[i][0])
      return two_ways[i];

  return NULL;
}

gunichar
plain_letter (gunichar letter)
{
  gunichar plain = letter;

  if (letter >= FIRST_RADICAL && letter < FIRST_RADICAL + G_N_ELEMENTS (radicals))
    return radicals[letter - FIRST_RADICAL];
  /* Its old form is what nobody writes any more. */
  if (letter == 0x2fad)
    return 0x9752;
  if (letter >= 0x2f00 && letter <= 0x2fd5 && find_two_ways (letter) == NULL)
    g_unichar_fully_decompose (letter, TRUE, &plain, 1);
  else if ((letter >= 0xfe10 && letter <= 0xfe19) || (letter >= 0xfe30 && letter <= 0xfe48))
    return turn_upright (letter);
  return plain;
}

/* f, i, j, l or t of a ligature whose two bytes Ghostscript wrote the wrong way round. */
static gboolean
is_turned_round (gunichar letter)
{
  return letter == 0x6600 || letter == 0x6900 || letter == 0x6a00 || letter == 0x6c00
         || letter == 0x7400;
}

char *
plain_letters_turn_back (const char *text)
{
  g_autoptr (GString) turned = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      const char *end = p;
      guint n = 0;

      while (is_turned_round (g_utf8_get_char (end)))
        {
          end = g_utf8_next_char (end);
          n++;
        }
      /* One alone, or one that stands among its like, is the character itself. */
      if (n >= 2 && (g_ascii_isalpha (*end) || (p > text && g_ascii_isalpha (p[-1]))))
        for (; p < end; p = g_utf8_next_char (p))
          g_string_append_c (turned, g_utf8_get_char (p) >> 8);
      else
        {
          end = n > 0 ? end : g_utf8_next_char (p);
          g_string_append_len (turned, p, end - p);
          p = end;
        }
    }

  return g_strdup (turned->str);
}

static gboolean
has_two_ways (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (find_two_ways (g_utf8_get_char (p)) != NULL)
      return TRUE;

  return FALSE;
}

/* How many more simplified letters there are than traditional ones. */
static int
weigh_script (const char *text)
{
  int balance = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);

      if (letter >= FIRST_RADICAL)
        balance += (g_utf8_strchr (simplified, -1, letter) != NULL)
                   - (g_utf8_strchr (traditional, -1, letter) != NULL);
    }

  return balance;
}

/* All of these letters take three bytes, so each is replaced where it stands. */
static void
settle (char    *text,
        gboolean is_simplified)
{
  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);
      const gunichar *ways = find_two_ways (letter);
      gunichar plain = 0;

      if (ways == NULL)
        continue;
      if (is_simplified)
        plain = ways[1];
      else
        g_unichar_fully_decompose (letter, TRUE, &plain, 1);
      g_unichar_to_utf8 (plain, p);
    }
}

void
plain_letters_settle (BaleenDocument *document)
{
  gboolean is_needed = has_two_ways (document->title);
  gint64 balance = 0;

  for (guint i = 0; i < document->paragraphs->len && !is_needed; i++)
    is_needed = has_two_ways (((BaleenParagraph *) document->paragraphs->pdata[i])->text);
  if (!is_needed)
    return;

  for (guint i = 0; i < document->paragraphs->len && ABS (balance) < DECIDED; i++)
    balance += weigh_script (((BaleenParagraph *) document->paragraphs->pdata[i])->text);
  settle (document->title, balance > 0);
  for (guint i = 0; i < document->paragraphs->len; i++)
    settle (((BaleenParagraph *) document->paragraphs->pdata[i])->text, balance > 0);
}
