/* Makes translations work in whatever locale the system has. */
#pragma once

/* First in main(): sets the locale from the environment and binds the text domain. A language
 * that was asked for whose locale is not installed, as on a small Debian, is still spoken. */
void baleen_interface_language_init (void);
