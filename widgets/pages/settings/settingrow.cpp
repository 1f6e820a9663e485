// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/settingrow.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/models/settingsstore.h"
#include "widgets/pages/settings/settingtexts.h"
#include "widgets/theme/buttonkind.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPointer>
#include <QPushButton>

namespace quarry::widgets {

namespace {

using config::OriginKind;

constexpr int RowMin = 44;

// "none" for an empty one.
QString shownText(const config::Key &key, const QJsonValue &value)
{
    if (key.type == config::Type::Object)
        return value.toObject().isEmpty() ? SettingRow::tr("none")
                                          : value.toObject().keys().join(QStringLiteral(", "));
    if (key.type == config::Type::Flag)
        return value.toBool() ? SettingRow::tr("on") : SettingRow::tr("off");
    const QString text = config::writeText(key, value);
    return text.isEmpty() ? SettingRow::tr("none") : text;
}

// As it stands in a file: sizes and times as they were typed, the rest by its kind.
QJsonValue fileValue(const config::Key &key, const QString &typed, const QJsonValue &read)
{
    return key.type == config::Type::Size || key.type == config::Type::Duration
        ? QJsonValue(typed.trimmed())
        : read;
}

} // namespace

SettingRow::SettingRow(const QString &key, SettingsStore &store, QWidget *parent)
    : QWidget(parent), m_key(*config::findKey(key)), m_store(store), m_from(new ElidedLabel),
      m_default(new ElidedLabel), m_reset(new QPushButton(tr("Reset"))), m_message(new QLabel)
{
    const SettingText text = settingText(key);
    m_label = text.label;
    m_hint = text.hint;
    m_control = makeControl();
    auto *name = new QLabel(m_label);
    name->setTextFormat(Qt::PlainText);
    name->setFont(themeFont(Type::Small, QFont::Medium));
    name->setBuddy(m_control);
    auto *id = new ElidedLabel(key);
    id->setType(Type::MonoSmall);
    id->setTone(Tone::TextSecondary);
    for (ElidedLabel *label : {m_from, m_default}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    m_message->setTextFormat(Qt::PlainText);
    m_message->setFont(themeFont(Type::Small));
    m_message->setWordWrap(true);
    setSmallButton(m_reset);
    m_reset->setAccessibleName(tr("Reset %1 to the default").arg(m_label));
    m_reset->setToolTip(m_reset->accessibleName());
    connect(m_reset, &QPushButton::clicked, this, [this] { write({}); });

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(measures::SpaceM, 6, measures::SpaceM, 7);
    grid->setHorizontalSpacing(measures::SpaceM);
    grid->setVerticalSpacing(0);
    grid->setColumnMinimumWidth(0, settingcolumns::Name);
    grid->setColumnMinimumWidth(1, settingcolumns::Value);
    grid->setColumnMinimumWidth(2, settingcolumns::From);
    grid->setColumnStretch(3, 1);
    grid->addWidget(name, 0, 0);
    grid->addWidget(id, 1, 0);
    grid->addWidget(m_control, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_from, 0, 2, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_default, 0, 3, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_reset, 0, 4, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_message, 2, 1, 1, 4);
    setMinimumHeight(RowMin);
    connect(&m_store, &SettingsStore::changed, this, &SettingRow::refresh);
    refresh();
}

QWidget *SettingRow::makeControl()
{
    if (m_key.type == config::Type::Choice) {
        m_choice = new QComboBox;
        m_choice->addItems(m_key.choices);
        m_choice->setAccessibleName(m_label);
        connect(m_choice, &QComboBox::currentTextChanged, this, [this](const QString &text) {
            if (!m_refreshing)
                commit(text);
        });
        return m_choice;
    }
    if (m_key.type == config::Type::Flag) {
        m_flag = new QCheckBox(m_hint);
        m_flag->setAccessibleName(m_label);
        connect(m_flag, &QCheckBox::toggled, this, [this](bool on) {
            if (!m_refreshing)
                write(QJsonValue(on));
        });
        return m_flag;
    }
    m_entry = new QLineEdit;
    m_entry->setAccessibleName(m_label);
    m_entry->setAccessibleDescription(m_hint);
    m_entry->setPlaceholderText(m_hint);
    m_entry->setToolTip(m_hint.toHtmlEscaped());
    connect(m_entry, &QLineEdit::editingFinished, this, [this] { commit(m_entry->text()); });
    return m_entry;
}

void SettingRow::refresh()
{
    m_refreshing = true;
    const config::Config &config = m_store.config();
    const QJsonValue value = config.value(m_key.name);
    const bool settable = m_store.canSet(m_key.name) && m_key.type != config::Type::Object;
    if (m_choice)
        m_choice->setCurrentText(value.toString());
    if (m_flag)
        m_flag->setChecked(value.toBool());
    if (m_entry && !m_fault)
        m_entry->setText(m_key.type == config::Type::Object ? shownText(m_key, value)
                                                            : config::writeText(m_key, value));
    if (m_entry)
        m_entry->setReadOnly(!settable);
    else
        m_control->setEnabled(settable);
    m_default->setText(shownText(m_key, m_key.fallback));
    showFrom();
    m_refreshing = false;
}

// Where it comes from, and why it cannot be changed here.
void SettingRow::showFrom()
{
    const config::Config &config = m_store.config();
    const QString origin = config.origin(m_key.name);
    const OriginKind kind = config.originKind(m_key.name);
    m_reset->setVisible(kind == OriginKind::UserFile && m_key.type != config::Type::Object);
    m_from->setToolTip(origin.toHtmlEscaped());
    switch (kind) {
    case OriginKind::Default:
        m_from->setText(tr("default"));
        break;
    case OriginKind::UserFile:
        m_from->setText(tr("file"));
        break;
    case OriginKind::ConfigFile:
        m_from->setText(tr("file of --config"));
        tell(tr("Set by %1; change it there.").arg(origin), false);
        return;
    case OriginKind::Environment:
        m_from->setText(tr("environment"));
        tell(tr("Set by the variable %1; unset it to change the value here.").arg(origin), false);
        return;
    case OriginKind::Flag:
        m_from->setText(tr("flag"));
        tell(tr("Set by %1 of this start; leave it out to change the value here.").arg(origin),
             false);
        return;
    }
    if (m_key.type == config::Type::Object)
        tell(tr("Its entries are changed in the file."), false);
    else if (m_message->text().isEmpty())
        tell({}, false);
}

void SettingRow::commit(const QString &text)
{
    if (!m_store.canSet(m_key.name) || m_key.type == config::Type::Object)
        return;
    m_fault = false;
    if (text == config::writeText(m_key, m_store.config().value(m_key.name))) {
        if (m_message->property("fault").toBool())
            tell({}, false);
        return;
    }
    const config::Read read = config::readText(m_key, text);
    if (read.fault.isEmpty())
        write(fileValue(m_key, text, read.value));
    else {
        m_fault = true;
        tell(tr("It %1.").arg(read.fault), true);
    }
}

void SettingRow::write(const std::optional<QJsonValue> &value)
{
    m_fault = false;
    m_store.set(m_key.name, value, [self = QPointer<SettingRow>(this)](const Result<void> &done) {
        if (!self)
            return;
        if (!done)
            self->refresh();
        self->tell(done ? settingEffect(self->m_key.name) : done.error().message, !done);
    });
}

void SettingRow::tell(const QString &text, bool fault)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setProperty("fault", fault);
    QPalette inks = palette();
    inks.setColor(QPalette::WindowText,
                  fault ? look().state(State::Failed) : look().color(Tone::TextSecondary));
    m_message->setPalette(inks);
}

void SettingRow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), look().color(Tone::Gridline));
}

} // namespace quarry::widgets
