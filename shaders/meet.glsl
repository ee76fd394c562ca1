/* A place where all workgroups of a dispatch wait for one another, for those that are known to
 * run side by side: Vulkan promises no progress of one while another waits. Whoever waits too
 * long sends all on, so that a dispatch always ends; what it made is then worth nothing, and
 * whoever submitted it is told. `meeting` holds two words, zero between dispatches; has_broken
 * is what tells. */
const uint MEETING_ARRIVED = 0, MEETING_LEFT = 1;
const uint MEETING_BROKEN = 0x80000000u;

uint meetings = 0;

/* What any workgroup wrote to coherent buffers before is seen by all behind it. */
void
meet (uint n_groups, uint patience)
{
  meetings += n_groups;
  memoryBarrierBuffer ();
  barrier ();
  if (gl_LocalInvocationIndex == 0)
    {
      uint i = 0;

      atomicAdd (meeting[MEETING_ARRIVED], 1);
      while (meeting[MEETING_ARRIVED] < meetings && i < patience)
        i++;
      if (i == patience)
        atomicOr (meeting[MEETING_ARRIVED], MEETING_BROKEN);
      memoryBarrierBuffer ();
    }
  barrier ();
}

/* In the end; the last leaves all as it was found. */
void
leave (uint n_groups)
{
  if (gl_LocalInvocationIndex != 0
      || atomicAdd (meeting[MEETING_LEFT], 1) != n_groups - 1)
    return;
  if (meeting[MEETING_ARRIVED] >= MEETING_BROKEN)
    has_broken = 1;
  meeting[MEETING_ARRIVED] = 0;
  meeting[MEETING_LEFT] = 0;
}
