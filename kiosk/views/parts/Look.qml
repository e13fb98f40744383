pragma Singleton
import QtQuick
import Hall.Controls

// What the kiosk adds to the theme: how the screen stands, and where on it things are.
QtObject {
    property bool isPortrait: true
    // Everything within the lower part of the screen: less room, the same size of keys.
    property bool isLow: false

    // Pixels of this screen for one of a screen whose shorter side has 1080.
    readonly property real unit: Theme.scale
    // The same for type, which grows in the elder mode.
    readonly property real type: Theme.typeScale
    readonly property bool isElder: Theme.isElder
    // Where there is little height, type grows less in the elder mode.
    readonly property real tightType: unit * (isElder ? 1.2 : 1)
    // A title says one thing in one line: it grows less than the text.
    readonly property real title: 56 * unit * (isElder ? 1.2 : 1)
}
