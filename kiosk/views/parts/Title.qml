import QtQuick
import Hall.Controls

// The question of a step, in one line.
Say {
    size: Look.title
    font.bold: true
    color: Theme.structure
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: 34 * Look.unit
    maximumLineCount: 1
    elide: Text.ElideRight
}
