/* Letters that fonts and typesetting put in the place of others. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

/* The character that is meant: fonts of PDFs name characters by their radicals, and vertical
 * lines have marks of their own. Any other letter is returned as it is. */
gunichar plain_letter (gunichar letter);

/* The text with ligatures as letters that are 昀椀 and their like in it, beside letters of words.
 * Free it. */
char *plain_letters_turn_back (const char *text);

/* Some radicals stand for one character in simplified Chinese and for another in traditional;
 * plain_letter() leaves them, and here the document's other letters decide. */
void plain_letters_settle (BaleenDocument *document);

G_END_DECLS
