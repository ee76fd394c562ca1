/* One template as the library shows it: its fields and what its example makes. */
#pragma once

#include "baleen-template-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_PAGE (baleen_template_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplatePage, baleen_template_page, BALEEN, TEMPLATE_PAGE, GtkWidget)

GtkWidget *baleen_template_page_new (void);

/* NULL: none is chosen. */
void baleen_template_page_show (BaleenTemplatePage   *self,
                                const BaleenTemplate *template_);

G_END_DECLS
