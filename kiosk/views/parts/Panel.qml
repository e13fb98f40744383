import QtQuick
import Hall.Controls

// A white sheet on the ground.
Rectangle {
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.line
    border.width: Math.max(1, Look.unit)
}
