#include "matrix-units.h"

#define PROPERTIES_TYPE ((VkStructureType) 1000506001)
#define SUBGROUP_SCOPE 3
#define COMPONENT_FLOAT16 0
#define COMPONENT_FLOAT32 1

/* VkCooperativeMatrixPropertiesKHR */
typedef struct
{
  VkStructureType sType;
  void *pNext;
  guint32 m, n, k;
  gint32 a_type, b_type, c_type, result_type;
  VkBool32 saturating;
  gint32 scope;
} MatrixProperties;

typedef VkResult (VKAPI_PTR *GetProperties) (VkPhysicalDevice, guint32 *, MatrixProperties *);

static gboolean
is_ours (const MatrixProperties *p)
{
  return p->m == 16 && p->n == 16 && p->k == 16 && p->scope == SUBGROUP_SCOPE
         && p->a_type == COMPONENT_FLOAT16 && p->b_type == COMPONENT_FLOAT16
         && p->c_type == COMPONENT_FLOAT32 && p->result_type == COMPONENT_FLOAT32;
}

gboolean
bln_vk_has_matrix_units (VkInstance       instance,
                         VkPhysicalDevice physical)
{
  GetProperties get
    = (GetProperties) bln_vk_find (instance, "vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR");
  g_autofree MatrixProperties *list = NULL;
  guint32 n = 0;

  if (get == NULL || get (physical, &n, NULL) != VK_SUCCESS || n == 0)
    return FALSE;
  list = g_new0 (MatrixProperties, n);
  for (guint32 i = 0; i < n; i++)
    list[i].sType = PROPERTIES_TYPE;
  if (get (physical, &n, list) != VK_SUCCESS)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    if (is_ours (&list[i]))
      return TRUE;
  return FALSE;
}
