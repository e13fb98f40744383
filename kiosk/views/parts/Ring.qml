import QtQuick
import Hall.Controls

// Seconds that run out, as a ring and as a number.
Item {
    id: ring

    property real remaining: 0
    property real total: 1
    property string label: Math.ceil(remaining)

    Canvas {
        id: canvas

        readonly property real share: Math.max(0, Math.min(1, ring.remaining / Math.max(0.001, ring.total)))

        anchors.fill: parent
        onShareChanged: requestPaint()
        onPaint: {
            const pen = getContext("2d");
            const middle = width / 2;
            const thick = width * 0.09;
            pen.reset();
            pen.lineWidth = thick;
            pen.lineCap = "round";
            pen.strokeStyle = Theme.line;
            pen.beginPath();
            pen.arc(middle, middle, middle - thick, 0, 2 * Math.PI);
            pen.stroke();
            pen.strokeStyle = Theme.action;
            pen.beginPath();
            pen.arc(middle, middle, middle - thick, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
            pen.stroke();
        }
    }

    Say {
        anchors.centerIn: parent
        text: ring.label
        size: parent.width * (ring.label.length > 2 ? 0.28 : 0.36)
        font.bold: true
        color: Theme.structure
    }
}
