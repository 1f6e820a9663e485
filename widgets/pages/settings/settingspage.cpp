// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/settingspage.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/models/settingsstore.h"
#include "widgets/pages/settings/settingrow.h"
#include "widgets/pages/settings/settingtexts.h"
#include "widgets/pages/settings/themerow.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QDesktopServices>
#include <QListWidget>
#include <QPainter>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr auto GroupKey = "group";
constexpr int SideWidth = 212;

// The words stand where those of tables stand.
class GroupList : public QListWidget
{
public:
    GroupList() { setViewportMargins(measures::SpaceS, measures::SpaceXs, measures::SpaceS, 0); }
};

// With a line at its right.
class Side : public QWidget
{
public:
    Side() { setFixedWidth(SideWidth); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(QRect(width() - 1, 0, 1, height()), look().color(Tone::Border));
    }
};

QWidget *makeColumns()
{
    auto *head = new Strip(measures::TableHeader, Tone::Raised);
    const auto add = [head](const QString &text, int width, int stretch) {
        auto *label = new ElidedLabel(text);
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
        if (width > 0)
            label->setFixedWidth(width);
        head->add(label, stretch);
    };
    head->setGap(measures::SpaceM);
    add(SettingsPage::tr("Setting"), settingcolumns::Name, 0);
    add(SettingsPage::tr("Value"), settingcolumns::Value, 0);
    add(SettingsPage::tr("From"), settingcolumns::From, 0);
    add(SettingsPage::tr("Default"), 0, 1);
    return head;
}

QStringList keysOf(const QString &prefix)
{
    QStringList keys;
    for (const config::Key &key : config::schema()) {
        if (!prefix.isEmpty() && key.name.startsWith(prefix))
            keys.append(key.name);
    }
    return keys;
}

} // namespace

SettingsPage::SettingsPage(SettingsStore &store, Theme &theme, ActionRegistry &actions,
                           std::function<Diagnosis()> examine, QWidget *parent)
    : Page(parent), m_store(store),
      m_search(new FilterEntry(tr("Search settings"),
                               tr("Search %1 settings").arg(config::schema().size() + 1))),
      m_groups(new GroupList), m_stack(new QStackedWidget), m_title(new ElidedLabel),
      m_file(new ElidedLabel), m_scroll(new QScrollArea), m_rows(new QVBoxLayout),
      m_nothing(new ElidedLabel(tr("No setting has these words."))), m_theme(new ThemeRow(theme)),
      m_doctor(new DoctorPane(std::move(examine), actions))
{
    m_stack->addWidget(makeList(actions));
    m_stack->addWidget(m_doctor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addWidget(m_stack, 1);
    fillGroups();
    connect(m_groups, &QListWidget::currentRowChanged, this, &SettingsPage::showGroup);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::search);
    connect(&m_store, &SettingsStore::changed, this, &SettingsPage::showCounts);
    connect(m_doctor, &DoctorPane::examined, this, &SettingsPage::fillGroups);
    m_groups->setCurrentRow(0);
    showCounts();
}

QWidget *SettingsPage::makeSide()
{
    auto *side = new Side;
    auto *top = new Strip(measures::ToolBar);
    top->add(m_search, 1);
    m_search->setTarget(m_groups);
    m_groups->setAccessibleName(tr("Groups of settings"));
    m_groups->setFrameShape(QFrame::NoFrame);
    m_groups->setFont(themeFont(Type::Body));
    m_groups->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(top);
    column->addWidget(m_groups, 1);
    return side;
}

QWidget *SettingsPage::makeList(ActionRegistry &actions)
{
    auto *list = new QWidget;
    auto *head = new Strip(measures::ToolBar);
    m_title->setType(Type::Body, QFont::DemiBold);
    m_title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_file->setType(Type::Small);
    m_file->setTone(Tone::TextSecondary);
    m_file->setElide(Qt::ElideMiddle);
    head->add(m_title);
    head->add(m_file, 1);
    head->addAction(
        actions.add({.id = QStringLiteral("settings.openFile"),
                     .text = tr("Open the configuration file"),
                     .shortText = tr("Open file"),
                     .icon = QStringLiteral("file")},
                    this,
                    [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_store.file())); }),
        ActionButton::Text);
    m_nothing->setTone(Tone::TextSecondary);
    m_nothing->setContentsMargins(measures::SpaceM, measures::SpaceM, 0, 0);

    auto *content = new QWidget;
    content->setLayout(m_rows);
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addWidget(m_nothing);
    m_rows->addWidget(m_theme);
    m_rows->addStretch();
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(makeColumns());
    column->addWidget(m_scroll, 1);
    return list;
}

void SettingsPage::fillGroups()
{
    const QList<SettingGroup> groups = settingGroups();
    for (int i = 0; i < groups.size(); ++i) {
        QString text = groups[i].name;
        if (const qsizetype count = keysOf(groups[i].prefix).size(); count > 0)
            text += u' ' + formatCount(count);
        else if (i == groups.size() - 1 && m_doctor->faults() > 0)
            text += u' ' + formatCount(m_doctor->faults());
        if (i < m_groups->count())
            m_groups->item(i)->setText(text);
        else
            m_groups->addItem(text);
        m_groups->item(i)->setSizeHint({0, measures::RowNormal});
    }
}

SettingRow *SettingsPage::row(const QString &key)
{
    SettingRow *&made = m_made[key];
    if (!made)
        made = new SettingRow(key, m_store, this);
    return made;
}

void SettingsPage::showGroup()
{
    const int at = m_groups->currentRow();
    const QList<SettingGroup> groups = settingGroups();
    if (at < 0 || at >= groups.size())
        return;
    const bool doctor = at == groups.size() - 1;
    m_stack->setCurrentIndex(doctor ? 1 : 0);
    if (!doctor)
        showRows(keysOf(groups[at].prefix), at == 0, groups[at].name);
}

void SettingsPage::showRows(const QStringList &keys, bool withTheme, const QString &title)
{
    for (SettingRow *made : std::as_const(m_made)) {
        m_rows->removeWidget(made);
        made->hide();
    }
    m_theme->setVisible(withTheme);
    m_nothing->setVisible(keys.isEmpty() && !withTheme);
    for (const QString &key : keys) {
        m_rows->insertWidget(m_rows->count() - 1, row(key));
        row(key)->show();
    }
    m_title->setText(title);
    m_scroll->ensureVisible(0, 0);
}

void SettingsPage::search(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty()) {
        showGroup();
        return;
    }
    QStringList keys;
    for (const config::Key &key : config::schema()) {
        const SettingText named = settingText(key.name);
        const QString all = named.label + u' ' + named.hint + u' ' + key.name;
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString &word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
        if (fits)
            keys.append(key.name);
    }
    const bool theme = std::all_of(words.begin(), words.end(), [](const QString &word) {
        return tr("Theme light dark desktop").contains(word, Qt::CaseInsensitive);
    });
    m_stack->setCurrentIndex(0);
    showRows(keys, theme, tr("Found %1").arg(formatCount(keys.size() + qsizetype(theme))));
}

void SettingsPage::showCounts()
{
    int changed = 0;
    for (const QString &key : m_store.config().keys())
        changed += int(m_store.config().originKind(key) != config::OriginKind::Default);
    setSubtitle(
        tr("%1 of %2 changed").arg(formatCount(changed), formatCount(config::schema().size())));
    m_file->setText(m_store.file());
}

QList<QWidget *> SettingsPage::parts()
{
    return {m_groups,
            m_stack->currentIndex() == 1 ? static_cast<QWidget *>(m_doctor->table()) : m_scroll};
}

bool SettingsPage::focusFilter()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
    return true;
}

void SettingsPage::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(GroupKey), m_groups->currentRow());
}

void SettingsPage::restoreState(const QSettings &settings)
{
    m_groups->setCurrentRow(
        std::clamp(settings.value(QLatin1String(GroupKey)).toInt(), 0, m_groups->count() - 1));
}

} // namespace quarry::widgets
