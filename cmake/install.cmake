# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install build/release --prefix DIR: the programs, and what a desktop knows them by.
include(GNUInstallDirs)

add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/quarry.1
    COMMAND quarry man > ${CMAKE_BINARY_DIR}/quarry.1 DEPENDS quarry VERBATIM)
add_custom_target(manual ALL DEPENDS ${CMAKE_BINARY_DIR}/quarry.1)

# Side by side: quarry finds the other two in its own folder.
install(TARGETS quarry quarry-agent quarry-launcher quarry-workbench)
install(FILES ${CMAKE_BINARY_DIR}/quarry.1 resources/man/quarry-workbench.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES resources/desktop/quarry-workbench.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES resources/desktop/quarry-workbench.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES resources/icons/quarry.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES resources/icons/quarry-256.png RENAME quarry.png
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/256x256/apps)
install(FILES resources/completions/quarry.bash RENAME quarry
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES resources/completions/_quarry
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES resources/completions/quarry.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
