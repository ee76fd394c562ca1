/* The engine's one public header: GGUF in, tokens out.
 *
 *   BlnModel    what a file holds: metadata, tokenizer, chat template. Opening reads the
 *               header only, so it is cheap and works for files that cannot run here.
 *   BlnEngine   a model whose weights are on a device, ready to run.
 *   BlnSession  one sequence of tokens with its KV cache. Many share an engine.
 *   BlnSampler  logits to token, seeded.
 *
 * tests/engine/smallest-program.c goes through all four in forty lines.
 *
 * Threads. A BlnModel is immutable after opening and may be used from any thread at once.
 * An engine with its sessions and samplers belongs to one thread at a time (the engine
 * thread); only bln_engine_stop() may be called from another. The engine's own worker
 * threads are never seen by the caller.
 *
 * Errors. Functions that can fail take a GError ** last, return FALSE or NULL and leave
 * what they were given as it was, unless they say otherwise. What comes after a function in
 * capitals are the codes it sets. Messages name the thing and say what to do; they are
 * translated by the caller's gettext domain.
 *
 * Memory. What a function named new, open, find, render, print or tokenize returns is the
 * caller's; what one named get returns belongs to what it was asked of. Sessions are freed
 * before their engine; a model stays as long as any engine has it. Sizes are in bytes, times
 * in seconds, and lengths of sequences in tokens.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ---- errors ------------------------------------------------------------------------ */

#define BLN_ERROR (bln_error_quark ())
GQuark bln_error_quark (void);

typedef enum
{
  BLN_ERROR_IO,          /* the file cannot be read, or the disk is full */
  BLN_ERROR_NOT_A_MODEL, /* not GGUF at all; the message says what it begins like */
  BLN_ERROR_DAMAGED,     /* GGUF, but cut, contradictory or out of its limits */
  BLN_ERROR_UNSUPPORTED, /* a sound file that uses what we lack; names it and what we have */
  BLN_ERROR_CHANGED,     /* the file was cut or replaced while in use */
  BLN_ERROR_MEMORY,      /* does not fit; the message has both numbers */
  BLN_ERROR_DEVICE,      /* there is no such device, or it refused */
  BLN_ERROR_LOST,        /* the device was lost, or did not answer in time */
  BLN_ERROR_TEMPLATE,    /* the chat template failed or ran over its limits */
  BLN_ERROR_TOO_LONG,    /* more tokens than the session can hold */
  BLN_ERROR_NUMERIC,     /* a forward pass gave no finite logit */
  BLN_ERROR_STOPPED,     /* bln_engine_stop() was heard */
  BLN_ERROR_ARGUMENT,    /* a token id out of range, a state file of another model, … */
} BlnError;

/* ---- sampling ---------------------------------------------------------------------- */

/* Applied in this order: penalties over the last `penalty_window` tokens, temperature,
 * top-k, top-p, min-p, draw. Temperature comes before the cuts, as in the reference code
 * with which the published settings were tuned. `temperature` <= 0 is greedy: the highest
 * logit, the lowest id on a tie, and nothing else applies but the penalties. */
typedef struct
{
  float temperature;
  gint32 top_k;             /* <= 0: all */
  float top_p;              /* >= 1: off */
  float min_p;              /* <= 0: off */
  float repetition_penalty; /* 1: off */
  float presence_penalty;   /* 0: off */
  float frequency_penalty;  /* 0: off */
  gint32 penalty_window;    /* tokens, prompt and answer alike; 64 */
  guint64 seed;
} BlnSampling;

/* ---- model ------------------------------------------------------------------------- */

typedef struct _BlnModel BlnModel;

typedef struct
{
  const char *name;         /* general.name, else the file's base name */
  const char *architecture; /* as in the file: "deepseek2", … */
  const char *license;      /* nullable */
  const char *quantization; /* the type that holds most bytes: "Q4_0", "Q4_K", "F32" */
  guint64 n_parameters;
  guint64 n_active_parameters; /* read for one token: without the embedding table */
  guint64 n_bytes;             /* tensor data */
  guint32 n_layers;            /* without MTP blocks */
  guint32 n_mtp_layers;
  guint32 n_context;           /* as trained */
  guint32 n_embedding;
  guint32 n_vocabulary;
  guint32 n_experts;           /* 0: dense */
  guint32 n_experts_used;
  guint32 n_tensors;
  gboolean has_chat_template;
  gboolean can_think;          /* the template knows thinking or the vocabulary <think> */
  BlnSampling sampling;        /* what the file recommends, else our defaults */
} BlnModelInfo;

/* Opens `path` and, where it is the first of a split, its other parts. Reads and checks all
 * metadata and tensor descriptions against the limits of the format and against the real
 * file size; maps the parts, touches no weight. The error is IO, NOT_A_MODEL, DAMAGED or
 * UNSUPPORTED. */
BlnModel *bln_model_open (const char *path,
                          GError    **error);
/* Any thread, as everything of a model. */
BlnModel *bln_model_ref (BlnModel *model);
void bln_model_unref (BlnModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnModel, bln_model_unref)

/* Owned by the model. */
const BlnModelInfo *bln_model_get_info (BlnModel *model);
const char *bln_model_get_path (BlnModel *model);

/* Whether an engine could run it: architecture known, every shape as its metadata demands,
 * every type among ours. Reads no weight. UNSUPPORTED: sound but not for us; DAMAGED:
 * contradictory. */
gboolean bln_model_check (BlnModel *model,
                          GError  **error);

/* What attention of one token takes, in all layers without MTP. */
typedef struct
{
  guint64 n_products;  /* multiplications for each position that every layer attends to */
  double local_share;  /* of the layers, that attend to the last n_window positions alone */
  guint32 n_window;
} BlnAttentionCost;

/* Reads no weight. UNSUPPORTED, DAMAGED. */
gboolean bln_model_get_attention_cost (BlnModel         *model,
                                       BlnAttentionCost *cost,
                                       GError          **error);

/* Calls `func` with every metadata pair in file order, the value written as text (arrays
 * shortened), and with every tensor. For people who look into files. */
typedef void (*BlnMetadataFunc) (const char *key,
                                 const char *type,
                                 const char *value,
                                 gpointer    user_data);
typedef void (*BlnTensorFunc) (const char    *name,
                               const char    *type,
                               const guint64 *dims, /* [n_dims], fastest first */
                               guint          n_dims,
                               guint64        n_bytes,
                               gpointer       user_data);
void bln_model_foreach_metadata (BlnModel       *model,
                                 BlnMetadataFunc func,
                                 gpointer        user_data);
void bln_model_foreach_tensor (BlnModel     *model,
                               BlnTensorFunc func,
                               gpointer      user_data);

/* ---- adapter ----------------------------------------------------------------------- */

/* A LoRA adapter in GGUF, to be run beside the model it was made for. Immutable; any thread. */
typedef struct _BlnAdapter BlnAdapter;

typedef struct
{
  const char *name;         /* general.name, else the file's base name */
  const char *architecture; /* of the models that it is for */
  const char *base_name;    /* (nullable) what the file calls its base */
  float alpha;              /* 0: not said, the scale is 1 */
  guint32 rank;             /* the largest */
  guint n_matrices;         /* that it changes */
  guint64 n_parameters;
  guint64 n_bytes;          /* tensor data */
} BlnAdapterInfo;

/* Reads and checks the header. IO, NOT_A_MODEL, DAMAGED; UNSUPPORTED for a model, and for
 * adapters of other kinds. */
BlnAdapter *bln_adapter_open (const char *path,
                              GError    **error);
BlnAdapter *bln_adapter_ref (BlnAdapter *adapter);
void bln_adapter_unref (BlnAdapter *adapter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnAdapter, bln_adapter_unref)

/* Owned by the adapter. */
const BlnAdapterInfo *bln_adapter_get_info (BlnAdapter *adapter);
const char *bln_adapter_get_path (BlnAdapter *adapter);

/* Whether it is for this model: architecture, names and shapes. Reads no weight. UNSUPPORTED. */
gboolean bln_adapter_check (BlnAdapter *adapter,
                            BlnModel   *model,
                            GError    **error);

/* ---- text and tokens --------------------------------------------------------------- */

typedef enum
{
  BLN_TOKENIZE_DEFAULT = 0,
  BLN_TOKENIZE_SPECIAL = 1 << 0, /* control tokens written in the text are recognised */
  BLN_TOKENIZE_BOS = 1 << 1,     /* add beginning-of-sequence where the file says so, unless
                                    the text already begins with it */
} BlnTokenizeFlags;

/* `text` is any bytes; what is not UTF-8 becomes U+FFFD. Returns ids in an array of
 * `*n_tokens` (g_free), never NULL for a model with a tokenizer; UNSUPPORTED without one. */
gint32 *bln_model_tokenize (BlnModel        *model,
                            const char      *text,
                            gssize           length, /* -1: NUL-terminated */
                            BlnTokenizeFlags flags,
                            gsize           *n_tokens,
                            GError         **error);

/* The bytes of a token as they appear in text. Control tokens have none unless
 * `with_special`. Owned by the model; `*length` bytes, not NUL-terminated. ARGUMENT for an
 * id that does not exist. */
const char *bln_model_token_bytes (BlnModel *model,
                                   gint32    token,
                                   gboolean  with_special,
                                   gsize    *length,
                                   GError  **error);

/* Ends an answer: eos, eot, eom and their kin. */
gboolean bln_model_token_ends (BlnModel *model,
                               gint32    token);

/* Tokens to text as they come, never half a character. */
typedef struct _BlnDetokenizer BlnDetokenizer;
BlnDetokenizer *bln_detokenizer_new (BlnModel *model,
                                     gboolean  with_special);
void bln_detokenizer_free (BlnDetokenizer *detokenizer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnDetokenizer, bln_detokenizer_free)
/* Appends to `text` what became complete; always valid UTF-8. */
void bln_detokenizer_push (BlnDetokenizer *detokenizer,
                           gint32          token,
                           GString        *text);
/* Appends U+FFFD for what stayed incomplete. */
void bln_detokenizer_finish (BlnDetokenizer *detokenizer,
                             GString        *text);

/* ---- chat -------------------------------------------------------------------------- */

typedef struct
{
  const char *role;      /* "system", "user", "assistant", "tool" */
  const char *content;   /* what was said, without thoughts */
  const char *reasoning; /* (nullable) thoughts of an assistant, for templates that read them */
} BlnMessage;

typedef enum
{
  BLN_THINK_MODEL, /* as the template has it by itself */
  BLN_THINK_ON,
  BLN_THINK_OFF,
} BlnThink;

/* Where generation starts, told by the end of the rendered prompt. */
typedef enum
{
  BLN_THOUGHT_NONE,  /* thinking is closed or unknown to the template */
  BLN_THOUGHT_OPEN,  /* the prompt ends inside <think>: what comes is thought */
  BLN_THOUGHT_MAYBE, /* thought, if the first thing written is <think> */
} BlnThought;

typedef struct
{
  char *text;          /* the rendered prompt */
  gint32 *tokens;      /* [n_tokens] */
  gsize n_tokens;
  BlnThought thought;
} BlnPrompt;

void bln_prompt_free (BlnPrompt *prompt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnPrompt, bln_prompt_free)

/* Renders the file's chat template (a plain one where it has none) over the messages, opens
 * the assistant's turn, and tokenizes. Control tokens come from the template alone: text of
 * a message never becomes one, whatever it spells. TEMPLATE when the template fails. Any
 * thread. */
BlnPrompt *bln_model_render_chat (BlnModel         *model,
                                  const BlnMessage *messages,
                                  gsize             n_messages,
                                  BlnThink          think,
                                  GError          **error);

/* Whether the file's chat template renders a short conversation; TEMPLATE says why it does not.
 * Any thread. */
gboolean bln_model_check_chat_template (BlnModel *model,
                                        GError  **error);

/* Like bln_model_render_chat(), with the plain template whatever the file has: for a model whose
 * own cannot be used. Any thread. */
BlnPrompt *bln_model_render_plain_chat (BlnModel         *model,
                                        const BlnMessage *messages,
                                        gsize             n_messages,
                                        BlnThink          think,
                                        GError          **error);

/* Renders Jinja source, or the model's own template where `source` is NULL, over a JSON
 * object of variables. `now` (nullable) is what strftime_now says, local time. Bounded in
 * time, memory, depth and output. For those who debug templates. */
char *bln_render_template (BlnModel   *model, /* (nullable) if source is given */
                           const char *source,
                           const char *variables_json,
                           GDateTime  *now,
                           GError    **error);

/* ---- devices ----------------------------------------------------------------------- */

typedef struct
{
  char *id;                   /* what options take: "cpu", "vulkan:0" */
  char *name;                 /* "NVIDIA H200" */
  char *driver;               /* (nullable) */
  char *variant;              /* which kernels or shaders it gets */
  char *unfit;                /* (nullable) why it cannot be used, a clause */
  gboolean is_software;       /* a processor that plays a graphics card: never chosen unasked */
  guint64 memory, available;  /* bytes: all, and what may be taken now */
  guint n_threads;            /* of the processor; 0 for others */
  guint subgroup_size;        /* of a graphics card, as what follows; 0 for the processor */
  guint shared_memory;        /* bytes a workgroup */
  guint64 max_allocation;     /* bytes */
  guint64 max_binding;        /* bytes that a shader can see at once */
  gboolean has_integer_dot, has_cooperative_matrix;
} BlnDevice;

/* The processor first, then Vulkan devices in the loader's order. (element-type BlnDevice)
 * (transfer full); unref it. Never fails: without Vulkan there is the processor. */
GPtrArray *bln_devices (void);

/* The one that an engine with this option would run on: "auto" (NULL), "cpu", "vulkan" or
 * "vulkan:N". DEVICE. */
BlnDevice *bln_device_find (const char *device,
                            GError    **error);
void bln_device_free (BlnDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnDevice, bln_device_free)

/* At best. */
typedef struct
{
  double bytes_per_second;    /* that it reads from its own memory */
  double products_per_second; /* that attention of one token multiplies; 0 for graphics cards,
                                 which wait for bytes alone */
} BlnDeviceSpeed;

/* Measured now: some tenths of a second, 256 MB of its memory. DEVICE, MEMORY. */
gboolean bln_device_measure (const BlnDevice *device,
                             BlnDeviceSpeed  *speed,
                             GError         **error);

/* ---- engine ------------------------------------------------------------------------ */

typedef struct _BlnEngine BlnEngine;
typedef struct _BlnSession BlnSession;
typedef struct _BlnSampler BlnSampler;

typedef enum
{
  BLN_KV_AUTO, /* F32 where the weights are F32, else F16 */
  BLN_KV_F32,
  BLN_KV_F16,
  BLN_KV_Q8_0, /* a byte each and a half for 32: about half of F16, and less exact. Only where
                  asked for */
} BlnKvType;

/* Things that go wrong with a device and are mended: the engine tells, and goes on. */
typedef enum
{
  BLN_INCIDENT_RECOVERED, /* the card was reset; everything is there again */
  BLN_INCIDENT_MOVED,     /* its memory was full; less of the model lies there now */
  BLN_INCIDENT_LEFT_CARD, /* it failed again, or has no room: now the processor works */
  BLN_INCIDENT_NO_CARD,   /* there is a card, "auto" would take it, and it cannot be used */
} BlnIncident;

/* On the engine's thread, from within the call that met it; `sentence` is for people. */
typedef void (*BlnIncidentFunc) (BlnIncident incident,
                                 const char *sentence,
                                 gpointer    user_data);

/* Bytes of weights that have reached a device. Returning FALSE ends loading (STOPPED). */
typedef gboolean (*BlnProgressFunc) (guint64  done,
                                     guint64  total,
                                     gpointer user_data);

typedef struct
{
  const char *device;      /* "auto", "cpu", "vulkan", "vulkan:N"; NULL: auto, which is the first
                              graphics card that is none in name only, else the processor */
  guint n_threads;         /* 0: all cores, one left free from 4 on */
  guint n_context;         /* tokens one session can hold; 0: the model's, if memory allows */
  guint n_sessions;        /* how many the plan makes room for; 0: 1 */
  guint n_batch;           /* rows in one forward pass at most; 0: 512, on a card
                              with room for them up to 4096 */
  BlnKvType kv_type;
  gboolean disable_mtp;
  gboolean mla_absorbed;      /* absorbed MLA in prefill too: for tests */
  gboolean mla_decompressed;  /* decompressed MLA in decode too: for tests */
  guint n_blocks_away;        /* on a card: so many blocks' experts, or feed-forwards where there
                                 are none, stay in system memory even if they would fit */
  BlnAdapter *adapter;        /* (nullable) beside the model; the engine keeps a reference */
  const char *cpu_variant;    /* "c", "avx2", "avx512"; NULL: the best that runs here */

  BlnProgressFunc progress;   /* (nullable) */
  BlnIncidentFunc incident;   /* (nullable) */
  gpointer user_data;         /* of both */
} BlnEngineOptions;

/* What will lie where, in bytes, before anything is loaded. */
typedef struct
{
  const char *device;       /* "Intel Xeon, 2 threads, AVX-512 VNNI"; static */
  guint n_threads;
  guint n_context;          /* what n_context 0 came to */
  guint n_batch;            /* rows of one forward pass at most */
  guint64 weights_mapped;   /* used as they lie in the file; the system may drop them */
  guint64 weights_repacked; /* copied once into the layout of the kernels */
  guint64 kv_cache;         /* all sessions, at full context */
  guint64 activations;
  guint64 vocabulary;       /* tokenizer tables */
  guint64 total;            /* of the five: what lies in system memory */
  guint64 available;        /* on the machine now */
  gboolean fits;

  /* On a graphics card, besides; all 0 without. */
  guint64 card_weights, card_kv_cache, card_activations;
  guint64 card_total;       /* of the three */
  guint64 card_available;   /* there now, a tenth kept for others */
  guint n_blocks, n_blocks_away; /* of the model; those whose experts, or feed-forwards where
                               there are none, lie in system memory and are computed there */
} BlnMemoryPlan;

/* What bln_engine_new() would do with these options, without doing it; a plan that does not fit is
 * no error. UNSUPPORTED, DAMAGED, DEVICE. Any thread. */
gboolean bln_model_plan_memory (BlnModel               *model,
                                const BlnEngineOptions *options, /* (nullable) */
                                BlnMemoryPlan          *plan,
                                GError                **error);

/* Puts the model on a device. On the processor weights are prepared at first use, so this is
 * quick; to a graphics card they are uploaded, which `progress` can follow and end.
 *
 * A card that is lost (BLN_ERROR_LOST) or out of memory while it works is set up again, with less
 * on it if need be, and the sequences of the running step are computed anew; the second loss
 * moves the engine to the processor. The caller sees a longer step, and hears of it through
 * `incident`.
 *
 * MEMORY where the plan does not fit, STOPPED by `progress`, and what bln_model_check() and
 * bln_device_find() set. The options are copied; their callbacks are called as long as the engine
 * lives. */
BlnEngine *bln_engine_new (BlnModel               *model,
                           const BlnEngineOptions *options, /* (nullable) */
                           GError                **error);
void bln_engine_free (BlnEngine *engine); /* free its sessions first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnEngine, bln_engine_free)

/* Prepares for `seconds` at most weights that no pass has needed yet, so that the passes to come
 * need not; with 0 it only looks. Returns how many pieces, of some 128 KiB, are left to prepare: 0
 * where all is done or cannot be, which the next pass tells. The thread that steps the engine. */
guint64 bln_engine_prepare (BlnEngine *engine,
                            double     seconds);

BlnModel *bln_engine_get_model (BlnEngine *engine);
const BlnMemoryPlan *bln_engine_get_plan (BlnEngine *engine);
/* Bytes of KV cache for one token of one session. */
gsize bln_engine_get_kv_row_bytes (BlnEngine *engine);
gboolean bln_engine_has_mtp (BlnEngine *engine);

/* The recorded forward pass of `n_rows` rows as text, one op a line, with shapes, weights
 * and planned offsets. */
char *bln_engine_print_program (BlnEngine *engine,
                                guint      n_rows);

/* How long a graphics card was kept at once; the desktop waits for so long. */
typedef struct
{
  guint64 n_submissions;
  double p99_seconds; /* 99 of a hundred took no longer */
  double longest_seconds;
} BlnDeviceWork;

/* FALSE on the processor. */
gboolean bln_engine_get_device_work (BlnEngine     *engine,
                                     BlnDeviceWork *work);

/* Asks the running step to end: within one layer, from any thread. It stays asked until
 * bln_engine_resume(), so a stop between two steps is not lost. */
void bln_engine_stop (BlnEngine *engine);
void bln_engine_resume (BlnEngine *engine);

/* ---- sessions ---------------------------------------------------------------------- */

/* An empty sequence of at most the engine's n_context tokens. MEMORY when its KV cache
 * cannot be had. */
BlnSession *bln_session_new (BlnEngine *engine,
                             GError   **error);
void bln_session_free (BlnSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnSession, bln_session_free)

/* The tokens it stands for (owned by the session, until its next change), and how many of
 * them are not in the KV cache yet. */
const gint32 *bln_session_get_tokens (BlnSession *session,
                                      gsize      *n_tokens);
gsize bln_session_get_pending (BlnSession *session);

/* Makes the session stand for exactly these tokens. What is already in the cache of the
 * common prefix stays (`*n_reused`), the rest is pending; at least the last token is, so
 * that there are logits, and with MTP one token before a change may have to come again.
 * Nothing is computed yet. TOO_LONG, ARGUMENT. */
gboolean bln_session_sync (BlnSession   *session,
                           const gint32 *tokens,
                           gsize         n_tokens,
                           gsize        *n_reused, /* (out) (nullable) */
                           GError      **error);
/* The same, one token at the end. */
gboolean bln_session_append (BlnSession *session,
                             gint32      token,
                             GError    **error);
/* Copies another session of the same engine: a branch without prefill. MEMORY, and then the session
 * is as empty as a new one; ARGUMENT for a session of another engine. */
gboolean bln_session_copy (BlnSession *session,
                           BlnSession *from,
                           GError    **error);

/* One forward pass over pending tokens of all these sessions, at most n_batch rows in all,
 * shared out fairly; call until nothing is pending. STOPPED; CHANGED, NUMERIC, MEMORY, and LOST
 * where no device is left to go on with. After any of them what was done before stays.
 * Results do not depend on how tokens were cut into passes or which sessions ran beside; only
 * latent attention rounds differently in long passes (engine/README.md, "The same bits"). */
gboolean bln_engine_step (BlnEngine   *engine,
                          BlnSession **sessions,
                          gsize        n_sessions,
                          GError     **error);

/* Logits of the last token, [n_vocabulary], once nothing is pending; else NULL, and also where a
 * device that held them has failed since: another step computes them again. Owned by the session,
 * until its next step. */
const float *bln_session_get_logits (BlnSession *session);

/* By which sampler the next tokens will be drawn; NULL: not known. A graphics card then gives what
 * that needs of the logits instead of all of them. It must live until another is set. */
void bln_session_set_sampler (BlnSession *session,
                              BlnSampler *sampler); /* (nullable) */
/* Draws the next token, once nothing is pending: what bln_sampler_sample() gives for the logits
 * and tokens of the session. Does not append it. NUMERIC, and what a step sets. */
gboolean bln_session_sample (BlnSession *session,
                             BlnSampler *sampler,
                             gint32     *token,
                             GError    **error);

/* For those who need every position: called in each step for each row that is computed, with
 * its position and logits. NULL ends it. Costs a head product per row. */
typedef void (*BlnLogitsFunc) (gsize        position,
                               const float *logits, /* [n_vocabulary], during the call */
                               gpointer     user_data);
void bln_session_set_logits_func (BlnSession   *session,
                                  BlnLogitsFunc func,
                                  gpointer      user_data);

/* The next token of an answer: runs what is pending, samples, appends. One that ends the answer
 * is a token as others: bln_model_token_ends() tells. Where the model has MTP blocks, drafts and
 * verifies, which changes the speed and nothing else: the tokens are those that sampling one by
 * one would give. TOO_LONG when the context is full, ARGUMENT for an empty session, and what a
 * step sets. */
gboolean bln_session_next (BlnSession *session,
                           BlnSampler *sampler,
                           gint32     *token,
                           GError    **error);

/* Since the session was made. */
typedef struct
{
  guint64 n_prefilled, n_reused, n_decoded; /* tokens */
  guint64 n_drafted, n_accepted;            /* MTP */
  double prefill_seconds, decode_seconds;
  guint64 n_preparing; /* of the decoded: those whose pass had to prepare weights first */
  double preparing_seconds; /* of decode_seconds: theirs */
} BlnSessionStats;
void bln_session_get_stats (BlnSession      *session,
                            BlnSessionStats *stats);

/* Tokens and KV cache to a file and back, without prefill. The file is written beside and
 * renamed; it is bound to the model's content and the KV type (ARGUMENT otherwise), and a
 * damaged one is refused (DAMAGED); IO, and TOO_LONG for one of a longer context. Logits are not
 * kept: the last token is pending again. */
gboolean bln_session_save (BlnSession *session,
                           const char *path,
                           GError    **error);
gboolean bln_session_load (BlnSession *session,
                           const char *path,
                           GError    **error);

/* What the MTP block ranks first for the token after next, given the last token of the
 * session (nothing pending) and `next` after it; -1 without MTP. For tests. */
gint32 bln_session_draft (BlnSession *session,
                          gint32      next,
                          GError    **error);

/* ---- sampler ----------------------------------------------------------------------- */

/* Random numbers are PCG32 seeded with `seed`; sums are F64: the same seed and logits give
 * the same tokens on every machine. */
BlnSampler *bln_sampler_new (BlnModel          *model,
                             const BlnSampling *sampling);
void bln_sampler_free (BlnSampler *sampler);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnSampler, bln_sampler_free)

/* `history` are the tokens so far, for the penalties. Returns -1 when no logit is finite. */
gint32 bln_sampler_sample (BlnSampler   *sampler,
                           const float  *logits, /* [n_vocabulary] */
                           const gint32 *history,
                           gsize         n_history);

G_END_DECLS
