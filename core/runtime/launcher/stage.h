// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The mounts of an instance, in a mount namespace of its own.
//
// A small tmpfs covers a folder that every uid may reach ("the stage"): the data folder may lie
// where only the server's user gets, and bwrap runs as another. On it hang clones of the layer, the
// image, the agent and the bound folders; a server run as root shows them through idmapped mounts,
// so that what is on disk counts owners from 0, whatever range the instance has. The overlays are
// mounted from inside the user namespace, with user.* attributes: no file operation of a sandbox
// ever runs with rights of the host.
#pragma once

#include "spec.h"

#include <string>
#include <vector>

namespace quarry::launcher {

class Stage
{
public:
    // Takes every tree that SPEC names, with the rights of the caller, in a new mount namespace.
    // IDMAP: a user namespace's descriptor, or -1 to show owners as they are.
    Stage(const Spec &spec, int idmap);

    // Mounts the stage and hangs the trees on it. With OWN_TUN it also carries a tun device of its
    // own above /dev/net/tun (root only): pasta runs as an ordinary uid.
    void build(bool ownTun);
    // The overlays, the folders for /proc and /dev, resolv.conf and the bound folders. Inside the
    // user namespace, in a mount namespace that belongs to it.
    void mountRoot();
    // Gives what the image's root holds to the uid that shiftIdentity makes root.
    void giveToShifted();

    std::string root() const { return m_path + "/root"; }
    std::string agent() const { return m_path + "/agent"; }
    std::string networkHandle() const { return m_path + "/net"; }
    // Where the place at INDEX hangs.
    std::string place(size_t index) const { return m_path + "/p" + std::to_string(index); }

private:
    struct Tree {
        int fd = -1;
        std::string name; // below the stage
        bool folder = true;
    };

    void take(const std::string &source, const std::string &name, bool readOnly);
    void takePlace(const Place &place, const std::string &name);
    void takeAll(const std::vector<std::string> &lowers, const std::string &name);
    void overlay(const std::string &name, size_t lowers, const std::string &target);
    void bindPlaces();

    const Spec &m_spec;
    int m_idmap;
    std::string m_path;
    std::vector<Tree> m_trees;
    std::vector<Tree> m_binds; // hung into the root itself, by mountRoot
};

} // namespace quarry::launcher
