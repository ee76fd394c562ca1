/* Has the name of Vulkan's loader and is none: for machines where it is broken. */
int no_loader;
