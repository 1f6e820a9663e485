# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
# One static library per room. A room's headers are included as "room/file.h", and only by who links it:
# each room's include path is a folder that holds a single link, named like the room.

add_library(quarry_flags INTERFACE)
target_compile_options(quarry_flags INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wno-missing-field-initializers -fno-omit-frame-pointer)
target_compile_definitions(quarry_flags INTERFACE _FILE_OFFSET_BITS=64)
if(QUARRY_WERROR)
    target_compile_options(quarry_flags INTERFACE -Werror)
endif()
if(QUARRY_SANITIZE)
    target_compile_options(quarry_flags INTERFACE -fsanitize=${QUARRY_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(quarry_flags INTERFACE -fsanitize=${QUARRY_SANITIZE})
endif()
find_program(QUARRY_LLD ld.lld)
if(QUARRY_LLD)
    target_link_options(quarry_flags INTERFACE -fuse-ld=lld)
endif()

add_library(quarry_qt INTERFACE)
target_compile_definitions(quarry_qt INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_STRICT_ITERATORS)
target_link_libraries(quarry_qt INTERFACE Qt6::Core)

# The headers that nearly every file with Qt includes, compiled once: for the rooms, for tests, for tests with windows.
set(QUARRY_COMMON_HEADERS <QDateTime> <QHash> <QJsonArray> <QJsonObject> <QObject> <QPointer> <QString>
    <QStringList> <functional> <memory> <optional>)
# Who uses such a header is compiled as it was, programs too.
set(QUARRY_PRECOMPILED_OPTIONS -fPIC -fpch-preprocess)
function(quarry_add_precompiled name)
    cmake_parse_arguments(PRECOMPILED "" "" "LINKS;HEADERS" ${ARGN})
    file(WRITE ${CMAKE_BINARY_DIR}/${name}.cpp "")
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cpp)
    target_link_libraries(${name} PRIVATE quarry_flags quarry_qt ${PRECOMPILED_LINKS})
    target_precompile_headers(${name} PRIVATE ${QUARRY_COMMON_HEADERS} ${PRECOMPILED_HEADERS})
    target_compile_options(${name} PRIVATE ${QUARRY_PRECOMPILED_OPTIONS})
endfunction()
function(quarry_precompile target name)
    if(QUARRY_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${name})
        target_compile_options(${target} PRIVATE ${QUARRY_PRECOMPILED_OPTIONS})
    endif()
endfunction()
set(QUARRY_TEST_OPTIONS -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
if(QUARRY_PRECOMPILE)
    set(test_headers <QFile> <QSignalSpy> <QTemporaryDir> <QTest>)
    quarry_add_precompiled(quarry_precompiled)
    quarry_add_precompiled(quarry_precompiled_test LINKS Qt6::Test Qt6::Network HEADERS ${test_headers})
    quarry_add_precompiled(quarry_precompiled_gui_test LINKS Qt6::Test Qt6::Network Qt6::Widgets
        HEADERS ${test_headers} <QAction> <QApplication> <QLabel>)
    target_compile_options(quarry_precompiled_test PRIVATE ${QUARRY_TEST_OPTIONS})
    target_compile_options(quarry_precompiled_gui_test PRIVATE ${QUARRY_TEST_OPTIONS})
endif()

# quarry_room([LINKS …] [PRIVATE_LINKS …] [NO_QT]): the library of this folder's sources but main.cpp, named
# like the folder: core/http/message is quarry_http_message, widgets/common is quarry_widgets_common. Only rooms
# under widgets/ see Qt's windows.
function(quarry_room)
    cmake_parse_arguments(ROOM "NO_QT" "" "LINKS;PRIVATE_LINKS" ${ARGN})
    file(RELATIVE_PATH inside ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REGEX REPLACE "^core/" "" inside ${inside})
    string(REPLACE "/" "_" room ${inside})
    set(target quarry_${room})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
    add_library(${target} STATIC ${sources})
    set(shim ${CMAKE_BINARY_DIR}/include/${room})
    get_filename_component(parent ${shim}/${inside} DIRECTORY)
    file(MAKE_DIRECTORY ${parent})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${shim}/${inside} SYMBOLIC)
    target_include_directories(${target} PUBLIC ${shim})
    target_link_libraries(${target} PUBLIC ${ROOM_LINKS} PRIVATE quarry_flags ${ROOM_PRIVATE_LINKS})
    if(inside MATCHES "^widgets/")
        target_link_libraries(${target} PUBLIC Qt6::Widgets)
    endif()
    if(NOT ROOM_NO_QT)
        target_link_libraries(${target} PUBLIC quarry_qt)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
        quarry_precompile(${target} quarry_precompiled)
    endif()
endfunction()

# The tests that CI runs under sanitizers too: those that need no sandbox.
add_custom_target(sanitized_tests)
# quarry_test(NAME SOURCES … LINKS … [LABELS …] [TIMEOUT s] [COMMAND …]): one Qt Test program, run by ctest, or by a
# COMMAND that ctest runs.
function(quarry_test name)
    cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINKS;LABELS;COMMAND" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    # A precompiled header wants all tests alike: the libraries of Qt that are linked, and no folder of their own.
    target_link_libraries(${name} PRIVATE quarry_flags quarry_qt Qt6::Test Qt6::Network ${TEST_LINKS})
    if(TEST_LINKS MATCHES "widgets|workbench|gallery|Qt6::Gui")
        target_link_libraries(${name} PRIVATE Qt6::Widgets)
        quarry_precompile(${name} quarry_precompiled_gui_test)
    else()
        quarry_precompile(${name} quarry_precompiled_test)
    endif()
    target_compile_options(${name} PRIVATE ${QUARRY_TEST_OPTIONS})
    target_compile_definitions(${name} PRIVATE QUARRY_BIN_DIR="${CMAKE_BINARY_DIR}/bin" QUARRY_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    if(NOT TEST_COMMAND)
        set(TEST_COMMAND ${name})
    endif()
    add_test(NAME ${name} COMMAND ${TEST_COMMAND})
    if(TEST_LABELS MATCHES "^(unit|http|terminal|gui)$")
        add_dependencies(sanitized_tests ${name})
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}" ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()
