pragma ComponentBehavior: Bound
// A ring that empties with the time that is left, and the seconds in its middle.
import QtQuick
import QtQuick.Shapes

Item {
    id: ring

    required property real remaining
    required property real total
    property real size: Theme.touch
    property real stroke: size * 0.09
    readonly property real share: total > 0 ? Math.max(0, Math.min(1, remaining / total)) : 0

    implicitWidth: size
    implicitHeight: size

    Accessible.role: Accessible.ProgressBar
    Accessible.name: String(Math.ceil(remaining))

    component Arc: ShapePath {
        id: arc

        property real sweep: 360

        fillColor: "transparent"
        strokeWidth: ring.stroke
        capStyle: ShapePath.RoundCap

        PathAngleArc {
            centerX: ring.size / 2
            centerY: ring.size / 2
            radiusX: (ring.size - ring.stroke) / 2
            radiusY: radiusX
            startAngle: -90
            sweepAngle: arc.sweep
        }
    }

    Shape {
        width: ring.size
        height: ring.size
        preferredRendererType: Shape.CurveRenderer

        Arc { strokeColor: Theme.off }
        Arc {
            strokeColor: ring.share > 0.34 ? Theme.action : Theme.call
            sweep: 360 * ring.share
        }
    }

    Text {
        anchors.centerIn: parent
        text: Math.ceil(ring.remaining)
        textFormat: Text.PlainText
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: ring.size * 0.36
        font.weight: Font.Bold
        font.features: Theme.tabular
    }
}
