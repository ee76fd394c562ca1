#include "command.h"

const BaleenCommand *const baleen_commands[] = {
  &baleen_command_ask,
  &baleen_command_chat,
  &baleen_command_summarize,
  &baleen_command_extract,
  &baleen_command_history,
  &baleen_command_templates,
  &baleen_command_coach,
  &baleen_command_models,
  &baleen_command_serve,
  &baleen_command_inspect,
  &baleen_command_devices,
  &baleen_command_bench,
  &baleen_command_tokens,
  &baleen_command_render,
  &baleen_command_logits,
  &baleen_command_perplexity,
  NULL,
};
