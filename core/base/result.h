// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value or an Error. Expected failures travel in it; exceptions do not cross a room.
#pragma once

#include "base/error.h"

#include <functional>
#include <utility>
#include <variant>

namespace quarry {

template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { }
    Result(ErrorCode code, QString message, QJsonObject details = {})
        : Result(Error{code, std::move(message), std::move(details)})
    {
    }

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    // Only when ok().
    T &value() { return std::get<0>(m_state); }
    const T &value() const { return std::get<0>(m_state); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    T &operator*() { return value(); }
    const T &operator*() const { return value(); }
    // Only when not ok().
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_failed(true) { }
    Result(ErrorCode code, QString message, QJsonObject details = {})
        : Result(Error{code, std::move(message), std::move(details)})
    {
    }

    bool ok() const { return !m_failed; }
    explicit operator bool() const { return ok(); }
    const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_failed = false;
};

// How an asynchronous call answers: exactly once, on the thread that asked, never before the call
// itself has returned unless its documentation says so.
template <typename T>
using Callback = std::function<void(Result<T>)>;

} // namespace quarry
