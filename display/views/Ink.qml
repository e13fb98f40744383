// The colours of a board. Old data is grey all over, so that nobody takes it for the present.
import QtQuick
import Hall.Controls

QtObject {
    property bool stale: false

    readonly property color ground: stale ? "#D5D9DF" : Theme.ground
    readonly property color card: stale ? "#E4E7EB" : Theme.surface
    readonly property color text: stale ? "#3F4651" : Theme.ink
    readonly property color quiet: stale ? "#4A515C" : Theme.quiet
    readonly property color structure: stale ? "#4A515C" : Theme.structure
    readonly property color light: "#FFFFFF"
    readonly property color stage: stale ? "#3F4651" : Theme.ink
    readonly property color call: stale ? "#E4E7EB" : Theme.call
    readonly property color accent: stale ? "#4A515C" : Theme.action
    readonly property color line: stale ? "#C3C8CF" : Theme.line
    readonly property string family: Theme.family
}
