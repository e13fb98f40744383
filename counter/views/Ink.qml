// The colours of the counter. Old data is grey all over, so that nobody takes it for the present.
import QtQuick
import Hall.Controls

QtObject {
    property bool stale: false

    readonly property color ground: stale ? "#D5D9DF" : Theme.ground
    readonly property color card: stale ? "#E4E7EB" : Theme.surface
    readonly property color text: stale ? "#363C46" : Theme.ink
    readonly property color quiet: stale ? "#393F4A" : "#3B4862"
    readonly property color structure: stale ? "#4A515C" : Theme.structure
    readonly property color light: "#FFFFFF"
    readonly property color stage: stale ? "#3F4651" : Theme.ink
    readonly property color call: stale ? "#E4E7EB" : Theme.call
    readonly property color accent: stale ? "#3A414B" : "#0C4690"
    readonly property color accentSoft: stale ? "#D5D9DF" : Theme.actionSoft
    readonly property color line: stale ? "#B9BFC8" : Theme.line
    readonly property color off: stale ? "#D9DDE2" : "#ECEFF4"
    readonly property color inkOnOff: stale ? "#393F4A" : "#424D64"
    readonly property int small: 16
    readonly property int body: Theme.body
    readonly property string family: Theme.family
}
