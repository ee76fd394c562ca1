/* A place where all workgroups of a dispatch wait for one another, for those that are known to run
 * side by side: Vulkan promises no progress of one while another waits. Whoever waits too long sends
 * all on, so that a dispatch always ends; what it made is then worth nothing, and whoever submitted
 * it is told. `meeting` holds three words, zero between dispatches but for the third. */
const uint MEETING_ARRIVED = 0, MEETING_LEFT = 1, MEETING_FAILED = 2;
const uint MEETING_BROKEN = 0x80000000u;

uint meetings = 0;

/* What any workgroup wrote to coherent buffers before is seen by all behind it. */
void
meet (uint first_word, uint n_groups, uint patience)
{
  meetings += n_groups;
  memoryBarrierBuffer ();
  barrier ();
  if (gl_LocalInvocationIndex == 0)
    {
      uint i = 0;

      atomicAdd (meeting[first_word + MEETING_ARRIVED], 1);
      while (meeting[first_word + MEETING_ARRIVED] < meetings && i < patience)
        i++;
      if (i == patience)
        atomicOr (meeting[first_word + MEETING_ARRIVED], MEETING_BROKEN);
      memoryBarrierBuffer ();
    }
  barrier ();
}

/* In the end; the last leaves all as it was found. */
void
leave (uint first_word, uint n_groups)
{
  if (gl_LocalInvocationIndex != 0
      || atomicAdd (meeting[first_word + MEETING_LEFT], 1) != n_groups - 1)
    return;
  if (meeting[first_word + MEETING_ARRIVED] >= MEETING_BROKEN)
    meeting[first_word + MEETING_FAILED] = 1;
  meeting[first_word + MEETING_ARRIVED] = 0;
  meeting[first_word + MEETING_LEFT] = 0;
}
