#include "formula-symbols.h"

#include <string.h>

/* A space around relations and operators is part of them. */
static const char *const symbols[][2] = {
  { "!", "" },
  { "%", "%" },
  { "&", "&" },
  { "#", "#" },
  { "$", "$" },
  { "_", "_" },
  { "{", "{" },
  { "}", "}" },
  { "|", "‖" },
  { ",", " " },
  { ":", " " },
  { ";", " " },
  { " ", " " },
  { "alpha", "α" },
  { "beta", "β" },
  { "gamma", "γ" },
  { "delta", "δ" },
  { "epsilon", "ϵ" },
  { "varepsilon", "ε" },
  { "zeta", "ζ" },
  { "eta", "η" },
  { "theta", "θ" },
  { "vartheta", "ϑ" },
  { "iota", "ι" },
  { "kappa", "κ" },
  { "lambda", "λ" },
  { "mu", "μ" },
  { "nu", "ν" },
  { "xi", "ξ" },
  { "pi", "π" },
  { "varpi", "ϖ" },
  { "rho", "ρ" },
  { "varrho", "ϱ" },
  { "sigma", "σ" },
  { "varsigma", "ς" },
  { "tau", "τ" },
  { "upsilon", "υ" },
  { "phi", "ϕ" },
  { "varphi", "φ" },
  { "chi", "χ" },
  { "psi", "ψ" },
  { "omega", "ω" },
  { "Gamma", "Γ" },
  { "Delta", "Δ" },
  { "Theta", "Θ" },
  { "Lambda", "Λ" },
  { "Xi", "Ξ" },
  { "Pi", "Π" },
  { "Sigma", "Σ" },
  { "Upsilon", "Υ" },
  { "Phi", "Φ" },
  { "Psi", "Ψ" },
  { "Omega", "Ω" },
  { "times", " × " },
  { "cdot", "·" },
  { "div", " ÷ " },
  { "pm", " ± " },
  { "mp", " ∓ " },
  { "ast", "∗" },
  { "star", "⋆" },
  { "circ", "∘" },
  { "bullet", "•" },
  { "oplus", " ⊕ " },
  { "ominus", " ⊖ " },
  { "otimes", " ⊗ " },
  { "odot", " ⊙ " },
  { "dagger", "†" },
  { "cap", " ∩ " },
  { "cup", " ∪ " },
  { "setminus", " ∖ " },
  { "wedge", " ∧ " },
  { "land", " ∧ " },
  { "vee", " ∨ " },
  { "lor", " ∨ " },
  { "neg", "¬" },
  { "lnot", "¬" },
  { "le", " ≤ " },
  { "leq", " ≤ " },
  { "leqslant", " ≤ " },
  { "ge", " ≥ " },
  { "geq", " ≥ " },
  { "geqslant", " ≥ " },
  { "lt", " < " },
  { "gt", " > " },
  { "ll", " ≪ " },
  { "gg", " ≫ " },
  { "ne", " ≠ " },
  { "neq", " ≠ " },
  { "equiv", " ≡ " },
  { "approx", " ≈ " },
  { "sim", " ∼ " },
  { "simeq", " ≃ " },
  { "cong", " ≅ " },
  { "propto", " ∝ " },
  { "doteq", " ≐ " },
  { "in", " ∈ " },
  { "notin", " ∉ " },
  { "ni", " ∋ " },
  { "subset", " ⊂ " },
  { "subseteq", " ⊆ " },
  { "supset", " ⊃ " },
  { "supseteq", " ⊇ " },
  { "mid", " ∣ " },
  { "nmid", " ∤ " },
  { "parallel", " ∥ " },
  { "perp", " ⊥ " },
  { "vdash", " ⊢ " },
  { "models", " ⊨ " },
  { "to", " → " },
  { "rightarrow", " → " },
  { "longrightarrow", " ⟶ " },
  { "leftarrow", " ← " },
  { "gets", " ← " },
  { "leftrightarrow", " ↔ " },
  { "Rightarrow", " ⇒ " },
  { "Longrightarrow", " ⟹ " },
  { "implies", " ⟹ " },
  { "Leftarrow", " ⇐ " },
  { "Leftrightarrow", " ⇔ " },
  { "iff", " ⟺ " },
  { "mapsto", " ↦ " },
  { "uparrow", "↑" },
  { "downarrow", "↓" },
  { "forall", "∀" },
  { "exists", "∃" },
  { "nexists", "∄" },
  { "emptyset", "∅" },
  { "varnothing", "∅" },
  { "infty", "∞" },
  { "partial", "∂" },
  { "nabla", "∇" },
  { "hbar", "ℏ" },
  { "ell", "ℓ" },
  { "Re", "ℜ" },
  { "Im", "ℑ" },
  { "aleph", "ℵ" },
  { "angle", "∠" },
  { "triangle", "△" },
  { "square", "□" },
  { "degree", "°" },
  { "prime", "′" },
  { "therefore", "∴" },
  { "because", "∵" },
  { "checkmark", "✓" },
  { "sum", "∑" },
  { "prod", "∏" },
  { "int", "∫" },
  { "iint", "∬" },
  { "iiint", "∭" },
  { "oint", "∮" },
  { "bigcup", "⋃" },
  { "bigcap", "⋂" },
  { "dots", "…" },
  { "ldots", "…" },
  { "cdots", "⋯" },
  { "vdots", "⋮" },
  { "ddots", "⋱" },
  { "langle", "⟨" },
  { "rangle", "⟩" },
  { "lfloor", "⌊" },
  { "rfloor", "⌋" },
  { "lceil", "⌈" },
  { "rceil", "⌉" },
  { "lvert", "|" },
  { "rvert", "|" },
  { "vert", "|" },
  { "lVert", "‖" },
  { "rVert", "‖" },
  { "Vert", "‖" },
  { "lbrace", "{" },
  { "rbrace", "}" },
  { "backslash", "\\" },
  { "quad", "  " },
  { "qquad", "    " },
  { "limits", "" },
  { "nolimits", "" },
  { "displaystyle", "" },
  { "textstyle", "" },
  { "big", "" },
  { "Big", "" },
  { "bigg", "" },
  { "Bigg", "" },
  { "bigl", "" },
  { "bigr", "" },
  { "Bigl", "" },
  { "Bigr", "" },
  { "nonumber", "" },
  { "sin", "sin " },
  { "cos", "cos " },
  { "tan", "tan " },
  { "cot", "cot " },
  { "sec", "sec " },
  { "csc", "csc " },
  { "arcsin", "arcsin " },
  { "arccos", "arccos " },
  { "arctan", "arctan " },
  { "sinh", "sinh " },
  { "cosh", "cosh " },
  { "tanh", "tanh " },
  { "log", "log " },
  { "ln", "ln " },
  { "lg", "lg " },
  { "exp", "exp " },
  { "lim", "lim " },
  { "limsup", "lim sup " },
  { "liminf", "lim inf " },
  { "max", "max " },
  { "min", "min " },
  { "sup", "sup " },
  { "inf", "inf " },
  { "arg", "arg " },
  { "det", "det " },
  { "dim", "dim " },
  { "ker", "ker " },
  { "deg", "deg " },
  { "gcd", "gcd " },
  { "Pr", "Pr " },
  { "bmod", " mod " },
  { "mod", " mod " },
};

/* Character for character: what stands on the line, and its small form. */
static const char raised_from[] = "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ′*∗TN";
static const char raised_to[] = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ′**ᵀᴺ";
static const char lowered_from[] = "0123456789+-=()aehijklmnoprstuvxβγρφχ";
static const char lowered_to[] = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ";
static const char blackboard_from[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1";
static const char blackboard_to[] = "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ𝟙";

const char *
baleen_formula_symbol (const char *name,
                       gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (strncmp (symbols[i][0], name, length) == 0 && symbols[i][0][length] == '\0')
      return symbols[i][1];
  return NULL;
}

static gunichar
look_up (const char *from,
         const char *to,
         gunichar    c)
{
  while (*from != '\0')
    {
      if (g_utf8_get_char (from) == c)
        return g_utf8_get_char (to);
      from = g_utf8_next_char (from);
      to = g_utf8_next_char (to);
    }
  return 0;
}

gunichar
baleen_formula_raised (gunichar c)
{
  return look_up (raised_from, raised_to, c);
}

gunichar
baleen_formula_lowered (gunichar c)
{
  return look_up (lowered_from, lowered_to, c);
}

gunichar
baleen_formula_blackboard (gunichar c)
{
  return look_up (blackboard_from, blackboard_to, c);
}
