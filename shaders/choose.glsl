/* The choice of experts by one workgroup (route.comp says how it is made; here without groups): a
 * lane stands for an expert and counts those before it. */
const float CHOICE_LOWEST = -3.4028234e38;
const uint GATE_SOFTMAX = 1, GATE_SIGMOID = 2, GATE_SELECTED = 3;

shared float choice_of[N_EXPERTS];
shared float score_of[N_EXPERTS];
shared uint chosen_of[32];
shared float choice_partial[64];

/* From logits to what weights are made of, as far as the order of experts depends on it. */
float
score_at (uint row, uint e)
{
  const float logit = result[push.out_offset + row * push.out_stride + e];
  const float finite = isnan (logit) ? CHOICE_LOWEST : clamp (logit, CHOICE_LOWEST, -CHOICE_LOWEST);

  return GATING == GATE_SIGMOID ? 1.0 / (1.0 + exp (-finite)) : finite;
}

/* The chosen experts in the order of their numbers, with their weights. Without a bias, which
 * exponentials have not, the first by rank has the highest score. */
void
write_table (uint row, uint e, uint place)
{
  const bool is_exponential = GATING != GATE_SIGMOID;
  const float highest = score_of[chosen_of[0]];
  const uint table = push.chosen + row * 2 * push.n_used;
  float sum = 0.0;

  if (GATING == GATE_SOFTMAX && NORMALISES == 0)
    {
      const float all = subgroupAdd (e < N_EXPERTS ? exp (score_of[e] - highest) : 0.0);

      if (gl_SubgroupInvocationID == 0)
        choice_partial[gl_SubgroupID] = all;
      barrier ();
      for (uint g = 0; g < gl_NumSubgroups; g++)
        sum += choice_partial[g];
    }
  else
    for (uint k = 0; k < push.n_used; k++)
      sum += is_exponential ? exp (score_of[chosen_of[k]] - highest) : score_of[chosen_of[k]];
  if (e >= push.n_used)
    return;
  float weight = is_exponential ? exp (score_of[chosen_of[e]] - highest) : score_of[chosen_of[e]];
  if (is_exponential || NORMALISES != 0)
    weight /= max (sum, 6.103515625e-5);
  words[table + place] = chosen_of[e];
  words[table + push.n_used + place] = floatBitsToUint (weight * push.choice_scale);
}

/* A softmax does not change the order of logits, but with a bias it must be made first: such
 * models go by route.comp. */
void
choose (uint row)
{
  const uint e = gl_LocalInvocationID.x;
  float choice = CHOICE_LOWEST;
  uint before = 0, place = 0;

  if (e < N_EXPERTS)
    {
      score_of[e] = score_at (row, e);
      choice = score_of[e] + (push.choice_bias != NONE
                                ? parameters4[(push.choice_bias + e) / 4][(push.choice_bias + e) % 4]
                                : 0.0);
      choice_of[e] = choice;
    }
  barrier ();
  for (uint first = 0; first < N_EXPERTS; first += 16)
    [[unroll]] for (uint k = 0; k < 16; k++)
      {
        const uint j = first + k;
        const float other = j < N_EXPERTS ? choice_of[min (j, N_EXPERTS - 1)] : CHOICE_LOWEST;

        before += other > choice || (other == choice && j < e && j < N_EXPERTS) ? 1 : 0;
      }
  if (e < N_EXPERTS && before < push.n_used)
    chosen_of[before] = e;
  barrier ();
  if (e < push.n_used)
    for (uint k = 0; k < push.n_used; k++)
      place += chosen_of[k] < chosen_of[e] ? 1 : 0;
  write_table (row, e, place);
}
