/* Words that wishes are made of, and what they say. Private to the coach. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two ends of one quality, as words parted by “|”. */
typedef struct
{
  const char *english_one, *english_other;
  const char *chinese_one, *chinese_other;
} BaleenScale;

/* The names of a kind, what refuses it without saying “no”, and what belongs to it or needs it. */
typedef struct
{
  const char *english_names, *english_refusals, *english_members;
  const char *chinese_names, *chinese_refusals, *chinese_members;
} BaleenKind;

/* The kinds that are food stand first: of each there is a kind without, as sugar-free jam. */
#define BALEEN_N_FOODS 11

const BaleenScale *baleen_coach_get_scales (gsize *n);
const BaleenKind *baleen_coach_get_kinds (gsize *n);

/* What a word can be: an end of a scale, or a part in a kind. */
typedef enum
{
  BALEEN_SENSE_END,
  BALEEN_SENSE_NAME,
  BALEEN_SENSE_REFUSAL,
  BALEEN_SENSE_MEMBER,
} BaleenSenseKind;

typedef struct
{
  BaleenSenseKind kind;
  guint row; /* of the scales or the kinds */
  guint end; /* of a scale: 0 or 1 */
} BaleenSense;

/* A word of the lists as it stands in a text, at bytes `start` to `end`. */
typedef struct
{
  const GArray *senses; /* of BaleenSense */
  gsize start, end;
  gboolean is_denied; /* “no”, “without”, “不要” stands before it */
  gboolean is_inner;  /* it is a part of the mention before */
} BaleenMention;

/* All mentions in a text in lower case, in their order; of words in one another the longest. */
GArray *baleen_coach_find_mentions (const char *text,
                                    gboolean    is_chinese);

G_END_DECLS
