"""The messages in Spanish.

The SMS keep to the GSM alphabet, which knows é, ñ and ü but no á, í, ó, ú: one such letter would
halve what fits into a segment, so their words are chosen without.
"""

from __future__ import annotations

from pharmonico.fulfillment.notification.templates_words import Words

WORDS = {
    "enrollment": Words(
        subject="Confirme sus datos, por favor",
        paragraphs=(
            "Hola:",
            "Su clínica nos pidió hacerle una entrega.",
            "Confirme por favor los datos de su seguro y de la entrega: toma unos cinco minutos.",
            "El enlace sirve una sola vez y durante 30 minutos.",
            "Desde el enlace anterior puede pedir uno nuevo.",
        ),
        button="Confirmar mis datos",
        sms="Pharmonico: confirme sus datos en 30 min: {link}",
    ),
    "enrollment_reminder": Words(
        subject="Todavía faltan sus datos",
        paragraphs=(
            "Hola:",
            "Su clínica nos pidió hacerle una entrega y todavía faltan sus datos.",
            "Confirme por favor los datos de su seguro y de la entrega: toma unos cinco minutos.",
            "Este enlace reemplaza al anterior; sirve una sola vez y durante 30 minutos.",
            "Sin su respuesta no podemos enviarle nada.",
        ),
        button="Confirmar mis datos",
        sms="Pharmonico: faltan sus datos: {link}",
    ),
    "verify_insurance": Words(
        subject="Revise los datos de su seguro, por favor",
        paragraphs=(
            "Hola:",
            "No pudimos confirmar su seguro con los datos que tenemos.",
            "Compárelos por favor con su tarjeta y corrija lo que no coincida.",
            "Este enlace reemplaza al anterior; sirve una sola vez y durante 30 minutos.",
        ),
        button="Revisar mi seguro",
        sms="Pharmonico: revise su seguro: {link}",
    ),
    "upload_card": Words(
        subject="Envíenos una foto de su tarjeta del seguro, por favor",
        paragraphs=(
            "Hola:",
            "Necesitamos una foto de su tarjeta del seguro, por ambos lados y bien legible.",
            "Puede tomarla con la cámara de su teléfono.",
            "Este enlace reemplaza al anterior; sirve una sola vez y durante 30 minutos.",
        ),
        button="Enviar una foto",
        sms="Pharmonico: foto de su tarjeta: {link}",
    ),
    "code": Words(
        subject="Su código",
        paragraphs=(
            "Hola:",
            "Su código es {code}. Vale durante 10 minutos.",
            "Nadie de Pharmonico se lo pedirá nunca.",
        ),
        sms="Pharmonico: su clave es {code}, vale 10 minutos. No la comparta con nadie.",
    ),
    "payment": Words(
        subject="Su pago está pendiente",
        paragraphs=(
            "Hola:",
            "Su pedido está listo; solo falta su parte de {amount}. Lo enviamos después del pago.",
        ),
        button="Pagar {amount}",
        sms="Pharmonico: pague por favor {amount}: {link}",
    ),
    "payment_reminder": Words(
        subject="Su pago sigue pendiente",
        paragraphs=(
            "Hola:",
            "Su pedido espera su parte de {amount}. Lo enviamos después del pago.",
            "Si ya pagó, no tiene que hacer nada.",
        ),
        button="Pagar {amount}",
        sms="Pharmonico: faltan {amount}: {link}",
    ),
    "receipt": Words(
        subject="Recibimos su pago",
        paragraphs=(
            "Hola:",
            "Gracias: recibimos su pago de {amount}. Su referencia es {reference}.",
            "Le escribiremos de nuevo cuando su pedido esté en camino.",
        ),
        sms="Pharmonico: recibimos su pago de {amount}. Gracias.",
    ),
    "shipped": Words(
        subject="Entregamos su pedido al transportista",
        paragraphs=(
            "Hola:",
            "Su pedido está empacado y entregado a {carrier}.",
            "El número de seguimiento es {tracking}.",
        ),
        sms="Pharmonico: su pedido viaja con {carrier}, seguimiento {tracking}.",
    ),
    "out_for_delivery": Words(
        subject="Su pedido llega hoy",
        paragraphs=(
            "Hola:",
            "Su pedido está en reparto con {carrier}, número de seguimiento {tracking}.",
            "Asegúrese por favor de que alguien pueda recibirlo.",
        ),
        sms="Pharmonico: su pedido llega hoy con {carrier}.",
    ),
    "delivered": Words(
        subject="Su pedido fue entregado",
        paragraphs=(
            "Hola:",
            "{carrier} informa que su pedido fue entregado. Póngalo por favor bajo techo.",
            "Si no llegó o el paquete está dañado, avísenos enseguida.",
        ),
        sms="Pharmonico: su pedido fue entregado. Si algo anda mal, avise enseguida.",
    ),
    "problem": Words(
        subject="Hay un problema con su entrega",
        paragraphs=(
            "Hola:",
            "{carrier} no pudo entregar su pedido, número de seguimiento {tracking}.",
            "Lo estamos revisando y le escribiremos de nuevo. Por ahora no tiene que hacer nada.",
        ),
        sms="Pharmonico: {carrier} no pudo entregar su pedido. Lo estamos revisando.",
    ),
    "cancelled": Words(
        subject="Su pedido fue cancelado",
        paragraphs=(
            "Hola:",
            "Su pedido con la referencia {reference} fue cancelado y no se enviará.",
            "Si ya pagó, el dinero vuelve por donde vino.",
            "Su clínica le dirá cómo seguir.",
        ),
        sms="Pharmonico: su pedido fue cancelado. Pregunte en su consultorio por favor.",
    ),
    "refunded": Words(
        subject="Su reembolso está en camino",
        paragraphs=(
            "Hola:",
            "Le devolvimos {amount}. Los bancos tardan de cinco a diez días en mostrarlo.",
        ),
        sms="Pharmonico: le devolvimos {amount}. Los bancos lo muestran en unas dos semanas.",
    ),
    "footer": Words(
        subject="",
        paragraphs=("Pharmonico entrega para su clínica. Por favor no responda a este mensaje.",),
        sms="",
    ),
}
