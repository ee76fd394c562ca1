# Sourced by app/run and tests/run: what the machine lacks is installed, the program built.
# Needs $root, the folder of the source. All of it speaks on standard error, for standard
# output belongs to the program.

build=$root/build

say () { printf '%s\n' "$*" >&2; }

# Prints those of the given Debian packages that are not installed.
missing_packages () {
  have=$(dpkg-query -W -f '${binary:Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
         sed -n 's/^\([^ :]*\)[^ ]* installed$/\1/p')
  for package in "$@"; do
    case "
$have
" in
      *"
$package
"*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# Installs those of the given packages that are missing, and nothing else. Where dpkg is not
# there the person has seen to it, or the build will say what is missing.
install_packages () {
  command -v dpkg-query >/dev/null 2>&1 || return 0
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
  else
    say "These packages are missing, and only root can install them:"
    say "  apt-get install --no-install-recommends $missing"
    return 1
  fi

  say "Installing what is missing, which takes some minutes: $missing"
  # The package lists may be absent or old; they are fetched only when that is so.
  apt_install $missing && return 0
  say "Fetching the package lists"
  $as_root apt-get -qq update >&2 && apt_install $missing && return 0
  say "The packages could not be installed. Look at the lines above, connect to the network,"
  say "and run this again."
  return 1
}

apt_install () {
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -y -q --no-install-recommends install "$@" >"$log" 2>&1 && return 0
  tail -n 5 "$log" >&2
  return 1
}

# What Baleen is built from and runs with.
program_packages="gcc libc6-dev pkg-config meson ninja-build gettext
  glslc libvulkan-dev desktop-file-utils libglib2.0-dev libjson-glib-dev libsqlite3-dev libyaml-dev libgtk-4-dev libadwaita-1-dev libgtksourceview-5-dev
  libxml2-dev libarchive-dev libmd4c-dev libpoppler-glib-dev poppler-data bubblewrap libsoup-3.0-dev libsecret-1-dev glib-networking ca-certificates
  adwaita-icon-theme librsvg2-common fonts-dejavu-core"

# Builds the given targets, all without any. Quick when nothing has changed.
build_targets () {
  # A folder that was moved or copied has a build that belongs elsewhere.
  if [ -f "$build/build.ninja" ] &&
     ! grep -qF "\"source\": \"$root\"" "$build/meson-info/meson-info.json" 2>/dev/null; then
    rm -rf "$build"
  fi
  if [ ! -f "$build/build.ninja" ]; then
    say "Preparing the build in $build"
    meson setup "$build" "$root" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
  fi
  case $(ninja -C "$build" -n "$@" 2>/dev/null) in
    *'no work to do.') return 0 ;;
  esac
  say "Building Baleen; the first time this takes a few minutes on a small machine"
  # Two runs at once must not build into each other.
  if [ -t 2 ]; then
    flock "$build" ninja -C "$build" "$@" >&2
    return
  fi
  flock "$build" ninja -C "$build" "$@" >"$log" 2>&1 && return 0
  tail -n 40 "$log" >&2
  return 1
}

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM
