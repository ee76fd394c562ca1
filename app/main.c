#include "command.h"
#include "interface-language.h"

int
main (int    argc,
      char **argv)
{
  baleen_interface_language_init ();

  return baleen_cli_run (argc, argv);
}
