// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/ociimage.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int mostLayers = 200;

Error broken(const QString &why)
{
    return {ErrorCode::InvalidArgument, u"The image archive is not complete: %1."_s.arg(why), {}};
}

#if defined(__aarch64__)
constexpr QLatin1StringView ownArchitecture = "arm64"_L1;
#else
constexpr QLatin1StringView ownArchitecture = "amd64"_L1;
#endif

// "sha256:HEX" as the name of its blob; null when it is no digest, so that no path can be built
// with it.
QByteArray blobName(const QString &digest)
{
    static const QRegularExpression form(u"^(sha256|sha512):([0-9a-f]{64,128})\\z"_s);
    const QRegularExpressionMatch match = form.match(digest);
    if (!match.hasMatch())
        return {};
    return "blobs/" + match.captured(1).toLatin1() + '/' + match.captured(2).toLatin1();
}

Result<QJsonObject> readBlob(const SmallFile &file, const QString &digest)
{
    const QByteArray name = blobName(digest);
    const QByteArray text = name.isEmpty() ? QByteArray() : file(name);
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        return broken(u"\"%1\" is missing or no JSON"_s.arg(digest.left(200)));
    return document.object();
}

void takeConfig(const QJsonObject &document, OciImage &image)
{
    const QJsonObject config = document.value("config"_L1).toObject();
    const QJsonArray env = config.value("Env"_L1).toArray();
    for (const QJsonValue &entry : env) {
        const QString text = entry.toString();
        const qsizetype equals = text.indexOf(u'=');
        if (equals > 0)
            image.env.insert(text.first(equals), text.sliced(equals + 1));
    }
    for (const QLatin1StringView key : {"Entrypoint"_L1, "Cmd"_L1}) {
        const QJsonArray words = config.value(key).toArray();
        for (const QJsonValue &word : words)
            image.command.append(word.toString());
    }
    image.workdir = config.value("WorkingDir"_L1).toString();
}

Result<OciImage> readDockerManifest(const SmallFile &file, const QJsonArray &manifests)
{
    if (manifests.size() != 1)
        return {ErrorCode::InvalidArgument,
                u"The archive holds %1 images; save one of them alone."_s.arg(manifests.size())};
    const QJsonObject manifest = manifests.first().toObject();
    OciImage image;
    const QJsonArray layers = manifest.value("Layers"_L1).toArray();
    for (const QJsonValue &layer : layers)
        image.layers.append(layer.toString().toUtf8());
    const QByteArray config = file(manifest.value("Config"_L1).toString().toUtf8());
    takeConfig(QJsonDocument::fromJson(config).object(), image);
    return image;
}

// The manifest for this machine among those of an index; one that does not say is for any.
QJsonObject pickManifest(const QJsonArray &manifests)
{
    QJsonObject picked;
    for (const QJsonValue &value : manifests) {
        const QJsonObject manifest = value.toObject();
        const QJsonObject platform = manifest.value("platform"_L1).toObject();
        const QString architecture = platform.value("architecture"_L1).toString();
        if (architecture == ownArchitecture && platform.value("os"_L1).toString() == "linux"_L1)
            return manifest;
        if (architecture.isEmpty() && picked.isEmpty())
            picked = manifest;
    }
    return picked;
}

Result<OciImage> readIndex(const SmallFile &file, QJsonArray manifests)
{
    // An index may name another index once.
    for (int depth = 0; depth < 3; ++depth) {
        if (depth == 0 && manifests.size() > 1
            && !manifests.first().toObject().contains("platform"_L1))
            return {ErrorCode::InvalidArgument,
                    u"The layout holds %1 images; copy one of them alone."_s.arg(manifests.size())};
        const QJsonObject entry = pickManifest(manifests);
        if (entry.isEmpty())
            return broken(u"it has no image for linux/%1"_s.arg(ownArchitecture));
        const Result<QJsonObject> manifest = readBlob(file, entry.value("digest"_L1).toString());
        if (!manifest)
            return manifest.error();
        if (manifest->contains("manifests"_L1)) {
            manifests = manifest->value("manifests"_L1).toArray();
            continue;
        }
        OciImage image;
        const QJsonArray layers = manifest->value("layers"_L1).toArray();
        for (const QJsonValue &layer : layers)
            image.layers.append(blobName(layer.toObject().value("digest"_L1).toString()));
        const Result<QJsonObject> config
            = readBlob(file, manifest->value("config"_L1).toObject().value("digest"_L1).toString());
        if (!config)
            return config.error();
        takeConfig(*config, image);
        return image;
    }
    return broken(u"its indexes name each other"_s);
}

} // namespace

bool belongsToLayout(const QByteArray &name)
{
    static const QRegularExpression form(
        u"^(\\./)?(blobs(/.*)?|oci-layout|index\\.json|manifest\\.json|repositories"
        "|[0-9a-f]{64}(\\.json|\\.tar|/(layer\\.tar|json|VERSION)?)?)?\\z"_s);
    return form.match(QString::fromUtf8(name)).hasMatch();
}

Result<OciImage> readOciImage(const SmallFile &file)
{
    const QJsonDocument docker = QJsonDocument::fromJson(file("manifest.json"));
    const QJsonDocument index = QJsonDocument::fromJson(file("index.json"));
    if (!docker.isArray() && !index.isObject())
        return broken(u"it has neither manifest.json nor index.json"_s);
    Result<OciImage> image = docker.isArray()
        ? readDockerManifest(file, docker.array())
        : readIndex(file, index.object().value("manifests"_L1).toArray());
    if (!image)
        return image;
    if (image->layers.isEmpty() || image->layers.contains(QByteArray()))
        return broken(u"it names no layers"_s);
    if (image->layers.size() > mostLayers)
        return {ErrorCode::LimitExceeded, u"The image has more than %1 layers."_s.arg(mostLayers)};
    return image;
}

} // namespace quarry::runtime
