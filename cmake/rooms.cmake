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

# One precompiled header of the few that nearly every file with Qt includes, shared by rooms and tests.
if(QUARRY_PRECOMPILE)
    file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
    add_library(quarry_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(quarry_precompiled PRIVATE quarry_flags quarry_qt)
    target_precompile_headers(quarry_precompiled PRIVATE <QDateTime> <QHash> <QJsonArray> <QJsonObject> <QObject>
        <QPointer> <QString> <QStringList> <functional> <memory> <optional>)
    target_compile_options(quarry_precompiled PRIVATE -fPIC -fpch-preprocess)
endif()
function(quarry_precompile target)
    if(QUARRY_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM quarry_precompiled)
        target_compile_options(${target} PRIVATE -fPIC -fpch-preprocess) # as the header was, programs too
    endif()
endfunction()

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
        quarry_precompile(${target})
    endif()
endfunction()

# The tests that CI runs under sanitizers too: those that need no sandbox.
add_custom_target(sanitized_tests)
# quarry_test(NAME SOURCES … LINKS … [LABELS …] [TIMEOUT s]): one Qt Test program, run by ctest.
function(quarry_test name)
    cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE quarry_flags quarry_qt Qt6::Test ${TEST_LINKS})
    quarry_precompile(${name})
    target_compile_definitions(${name} PRIVATE QUARRY_BIN_DIR="${CMAKE_BINARY_DIR}/bin" QUARRY_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    if(TEST_LABELS MATCHES "^(unit|http|terminal|gui)$")
        add_dependencies(sanitized_tests ${name})
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}" ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()
